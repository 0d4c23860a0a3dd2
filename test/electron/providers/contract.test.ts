import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { profiles } from '../../../electron/providers/registry.ts';
import { providerContract } from '../../support/provider-contract.ts';

const folder = new URL('../../../electron/providers/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

test('every file of the folder is a provider, and the registry knows no other', () => {
  expect(files.sort()).toEqual(
    profiles()
      .map(({ id }) => `${id}.json`)
      .sort(),
  );
});

for (const file of files) providerContract(file, JSON.parse(read(file)));

describe('the sixth provider of the README', () => {
  const blocks = [...read('README.md').matchAll(/^```json\n(.*?)^```$/gms)].map(([, text = '']) => text);

  test('is one complete file, and of no provider that is here already', () => {
    expect(blocks).toHaveLength(1);
    const { id } = JSON.parse(blocks[0]!) as { id: string };
    expect(profiles().map((each) => each.id)).not.toContain(id);
  });

  for (const block of blocks) providerContract('keeps the contract', JSON.parse(block));
});
