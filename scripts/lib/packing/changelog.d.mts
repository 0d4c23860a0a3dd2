export function released(changelog: string, version: string, day: string): { notes: string; text: string } | null;
