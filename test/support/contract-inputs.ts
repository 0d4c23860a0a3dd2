import fc from 'fast-check';

interface Definition {
  type: string;
  shape?: Record<string, unknown>;
  innerType?: unknown;
  element?: unknown;
  options?: unknown[];
  entries?: Record<string, string>;
  values?: unknown[];
  keyType?: unknown;
  valueType?: unknown;
}

/**
 * Inputs that a schema would take or nearly: what a taken-over page would send, which knows the contract as well as we
 * do. `words` are ids and values that mean something where they arrive.
 */
export function inputsFor(schema: unknown, words: readonly string[]): fc.Arbitrary<unknown> {
  const def = (schema as { _zod: { def: Definition } })._zod.def;
  const inside = (of: unknown): fc.Arbitrary<unknown> => inputsFor(of, words);
  switch (def.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(def.shape ?? {}).map(([name, member]) => [name, inside(member)])),
      );
    case 'optional':
      return fc.option(inside(def.innerType), { nil: undefined });
    case 'nullable':
      return fc.option(inside(def.innerType), { nil: null });
    case 'array':
      return fc.array(inside(def.element), { maxLength: 4 });
    case 'record':
      return fc.dictionary(inside(def.keyType) as fc.Arbitrary<string>, inside(def.valueType), { maxKeys: 3 });
    case 'union':
      return fc.oneof(...(def.options ?? []).map(inside));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}));
    case 'literal':
      return fc.constantFrom(...(def.values ?? []));
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.oneof(fc.integer(), fc.double());
    case 'string':
      return fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...words) },
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('', ' ', '__proto__', 'constructor', '../..', 'x'.repeat(5_000), '\u0000', '\u202e'),
      );
    default:
      throw new Error(`no inputs for a schema of type ${def.type}`);
  }
}

/** One member of it, however deep, replaced, dropped or added: what a schema has to refuse. */
export function spoilt(input: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const junk = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(undefined, null, [], {}, 0, -1, 2 ** 53, true, 'x'.repeat(70_000)),
  );
  return fc
    .tuple(input, fc.nat(), junk, fc.constantFrom('replace', 'drop', 'add'))
    .map(([whole, which, value, how]) => {
      const names = typeof whole === 'object' && whole !== null && !Array.isArray(whole) ? Object.keys(whole) : [];
      const name = names[which % Math.max(1, names.length)];
      if (how === 'add' || name === undefined) return how === 'add' ? { ...(whole as object), more: value } : value;
      const rest = Object.fromEntries(Object.entries(whole as object).filter(([other]) => other !== name));
      return how === 'drop' ? rest : { ...rest, [name]: value };
    });
}
