import { powerMonitor } from 'electron';

/** Timers stand still while the computer sleeps, and what is on the clipboard would lie there (B57). */
export function watchPower(program: { clearClipboard(): void; lookAgain(): void }): void {
  powerMonitor.on('suspend', () => program.clearClipboard());
  powerMonitor.on('resume', () => program.lookAgain());
  powerMonitor.on('unlock-screen', () => program.lookAgain());
}

/** Tells the clock why it ran ahead: Electron is told of a sleep before it begins (on Linux where logind runs). */
export function watchClock(time: { start(): void; sleeps(): void; wakes(): void }): void {
  time.start();
  powerMonitor.on('suspend', () => time.sleeps());
  powerMonitor.on('resume', () => time.wakes());
}
