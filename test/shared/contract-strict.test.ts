import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract, statePush } from '../../shared/ipc/contract.ts';

/** Paths of all objects in a schema that would let a member through that is not listed. */
function looseObjects(schema: unknown, path: string): string[] {
  const def = (schema as { _zod?: { def: Record<string, unknown> } } | null | undefined)?._zod?.def;
  if (def === undefined) return [];
  const inside: [string, unknown][] = [];
  const own = def['type'] === 'object' && !(def['catchall'] instanceof z.ZodNever) ? [path] : [];
  // A schema that says nothing of its members says nothing against a token.
  if (['any', 'unknown', 'record', 'map', 'custom'].includes(String(def['type']))) {
    if (def['type'] !== 'record') own.push(path);
    else inside.push(['{}', def['valueType']]);
  }
  for (const [name, value] of Object.entries((def['shape'] ?? {}) as Record<string, unknown>))
    inside.push([name, value]);
  for (const name of ['element', 'innerType', 'in', 'out', 'left', 'right']) inside.push([name, def[name]]);
  for (const name of ['options', 'items'])
    for (const [at, value] of ((def[name] ?? []) as unknown[]).entries()) inside.push([String(at), value]);
  return [...own, ...inside.flatMap(([name, value]) => looseObjects(value, `${path}.${name}`))];
}

describe('B27 B30: the contract', () => {
  it('finds an object that is not strict, however deep (the search itself works)', () => {
    const deep = z.strictObject({ list: z.array(z.union([z.string(), z.object({ a: z.string() }).nullable()])) });
    expect(looseObjects(deep, 'x')).toEqual(['x.list.element.1.innerType']);
    expect(looseObjects(z.looseObject({}), 'x')).toEqual(['x']);
    expect(looseObjects(z.strictObject({ a: z.unknown().optional() }), 'x')).toEqual(['x.a.innerType']);
  });

  it.each(Object.entries(contract))('%s takes and gives listed members only', (channel, row) => {
    expect(looseObjects(row.input, `${channel} in`)).toEqual([]);
    expect(looseObjects(row.output, `${channel} out`)).toEqual([]);
  });

  it('pushes listed members only', () => {
    expect(looseObjects(statePush, 'push')).toEqual([]);
  });
});
