/**
 * Takes the place of `when-exit`, which electron-store's writer brings (vite.config.ts). It takes every signal of the
 * process over and ends it at once; read after Electron is ready, it took SIGTERM from Electron, and with it the way out
 * that keeps an answer under way (F49). What it was to tidy, a temporary file of a write that was cut off, only lies there.
 */
export default function whenExit(): void {
  // Ours ends by Electron's events (`main.ts`).
}
