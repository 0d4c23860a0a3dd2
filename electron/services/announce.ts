export type Part = 'vault' | 'practice' | 'clipboard' | 'signIns' | 'attention' | 'time';

/** Says that something changed; what it is now is read when the push goes out. */
export interface Announce {
  app(id: string): void;
  connection(id: string): void;
  part(part: Part): void;
}
