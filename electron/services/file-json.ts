import type { z } from 'zod';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { plainName } from './plain-name.ts';

/** JSON out of a file from elsewhere. Throws that code for anything that is none. */
export function jsonIn(bytes: Uint8Array, wrong: ErrorCode): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return JSON.parse(text, (name, value: unknown) => {
      // Names that mean something to JavaScript itself have no business in a file from elsewhere.
      if (name === '__proto__' || name === 'constructor' || name === 'prototype') throw new AppError(wrong);
      return value;
    });
  } catch {
    throw new AppError(wrong);
  }
}

/** `apps[0].endpoints[1].url`: where to look, never what stands there. */
export function placeOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return '';
  const inside = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...inside].reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${String(part)}]` : `${text}${text === '' ? '' : '.'}${String(part)}`,
    '',
  );
  return plainName(path);
}
