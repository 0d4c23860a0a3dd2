import { powerMonitor } from 'electron';

/** What a program does when the computer sleeps, wakes, and when its screen is locked. */
export interface Follower {
  sleeps(): void;
  screenLocks(): void;
  lookAgain(): void;
}

/** Linux tells no program that its screen is locked; the settings say so there. */
export function followPower(program: Follower): void {
  powerMonitor.on('suspend', () => program.sleeps());
  powerMonitor.on('lock-screen', () => program.screenLocks());
  powerMonitor.on('resume', () => program.lookAgain());
  powerMonitor.on('unlock-screen', () => program.lookAgain());
}

/** Since the last key or click, anywhere on this computer. */
export const idleSeconds = (): number => powerMonitor.getSystemIdleTime();

/** Tells the clock why it ran ahead: Electron is told of a sleep before it begins (on Linux where logind runs). */
export function watchClock(time: { start(): void; sleeps(): void; wakes(): void }): void {
  time.start();
  powerMonitor.on('suspend', () => time.sleeps());
  powerMonitor.on('resume', () => time.wakes());
}
