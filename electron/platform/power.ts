import { powerMonitor } from 'electron';

/** Timers stand still while the computer sleeps, and what is on the clipboard would lie there (B57). */
export function watchPower(program: { clearClipboard(): void; lookAgain(): void }): void {
  powerMonitor.on('suspend', () => program.clearClipboard());
  powerMonitor.on('resume', () => program.lookAgain());
  powerMonitor.on('unlock-screen', () => program.lookAgain());
}
