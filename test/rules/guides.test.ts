import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Presentation, copyText } from '../../electron/services/copy-forms.ts';
import { Secret } from '../../electron/secret.ts';
import { errorCodes } from '../../shared/errors.ts';
import { actions } from '../../shared/model/actions.ts';
import { english } from '../../shared/text/catalogue.ts';
import { usualFacts } from '../support/usual-facts.ts';

const root = resolve(import.meta.dirname, '../..');
const guides = join(root, 'docs');
/** A sentence may go on in the next line of its paragraph. */
const read = (name: string): string => readFileSync(join(guides, name), 'utf8').replaceAll(/[ \n]+/g, ' ');
const rowsOf = (name: string): string[][] =>
  readFileSync(join(guides, name), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));

/** From one heading with a code to the next heading of any kind. */
const sections = new Map(
  readFileSync(join(guides, 'troubleshooting.md'), 'utf8')
    .split(/^(?=#{2,3} )/m)
    .flatMap((section) => {
      const code = /^### `([a-z_]+)`\n/.exec(section)?.[1];
      return code === undefined ? [] : [[code, section] as const];
    }),
);

describe('troubleshooting.md', () => {
  it('has every error code there is, and no other', () => {
    expect([...sections.keys()].toSorted()).toEqual([...errorCodes].toSorted());
  });

  it.each(errorCodes)('has the sentence of %s word for word, and says what it means', (code) => {
    const { what, next } = english.errors[code](usualFacts(code));
    const [quoted = '', ...means] = (sections.get(code) ?? '').split('\n').slice(2);
    expect(quoted).toBe(`> **${what}** ${next}`);
    expect(means.join(' ').trim()).toMatch(/[a-z]{2}.*\.$/);
  });
});

describe('copy.md', () => {
  const token = new Secret('EXAMPLE-TOKEN');
  const header: Presentation = {
    place: 'header',
    name: 'Bearer',
    testUrl: 'https://api.teamgantt.com/v1/current_user',
    environmentName: 'TEAMGANTT',
  };
  const query: Presentation = {
    place: 'query',
    name: 'access_token',
    testUrl: 'https://models.firm.example:9090/api/v1/people',
    environmentName: 'ER_STUDIO',
  };
  const { forms } = english.connections;
  const rows = rowsOf('copy.md');

  it.each(['token', 'header', 'curl', 'env', 'powershell', 'httpie'] as const)('shows what is copied as %s', (form) => {
    const inQuery = form === 'header' ? forms.query : forms[form];
    expect(rows).toContainEqual(['', forms[form].words, `\`${copyText(form, token, header).reveal()}\``, '']);
    expect(rows).toContainEqual(['', inQuery.words, `\`${copyText(form, token, query).reveal()}\``, '']);
  });

  it('lists the keys of the table of actions, and no others', () => {
    const listed = rows.slice(rows.findIndex(([, , keys]) => keys === 'keys') + 2);
    const keyed = actions.flatMap(({ id, keys }) =>
      keys === null ? [] : [['', english.actions.names[id], `\`${keys}\``, '']],
    );
    expect(listed).toEqual(keyed);
  });
});

/** What a profile says to the person who sets a system up. */
interface Told {
  name: string;
  setup: { text: { en: string } }[];
  pages: { label: { en: string } }[];
}

const folder = join(root, 'electron/providers');
const profiles = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Told);

describe('connect.md', () => {
  const text = read('connect.md');

  it('finds the profiles', () => {
    expect(profiles.length).toBeGreaterThan(5);
  });

  it.each(profiles)('has a part for $name, with each of its steps and pages in the words of the window', (profile) => {
    const part = text.split(/ (?=#{2} )/).find((one) => one.startsWith(`## ${profile.name} `)) ?? '';
    const words = [...profile.setup.map((step) => step.text.en), ...profile.pages.map(({ label }) => label.en)];
    expect(words.filter((one) => !part.includes(`**${one}**`))).toEqual([]);
    expect(words.length).toBeGreaterThan(0);
  });
});

describe('support.md', () => {
  const rows = rowsOf('support.md');

  it('has each word that the list says of a connection', () => {
    const told = rows.map(([, word]) => word);
    const words = Object.values(english.connections.words).filter((word) => !word.startsWith('Practice'));
    expect(words.filter((word) => !told.includes(word))).toEqual([]);
    expect(words.length).toBeGreaterThan(8);
  });

  it('has the sentences of the states word for word', () => {
    const { says } = english.connections;
    const sentences = [
      says.working('16:11'),
      says.soon('4m 10s', '16:11'),
      says.duty('4m 10s', '16:16'),
      says.dutyFailure('16:16'),
      says.renewing,
      says.retrying('15:20:05'),
      says.offline('15:16'),
      says.signin,
      says.endedPerson('16:16'),
      says.revoked('TeamGantt', '15:16'),
      says.unknown('T-Gate'),
    ];
    const told = rows.map(([, , sentence]) => sentence);
    expect(sentences.filter((sentence) => !told.includes(sentence))).toEqual([]);
  });

  it('says of each certainty what it rests on', () => {
    const told = rows.map(([, word]) => word);
    expect(Object.values(english.timeline.certainty).filter((word) => !told.includes(word))).toEqual([]);
  });
});

describe('the pictures of the guides', () => {
  const pictures = readdirSync(join(guides, 'pictures/guides'));

  it.each(pictures)('%s is shown somewhere, and small', (picture) => {
    const pages = readdirSync(guides).filter((file) => file.endsWith('.md'));
    expect(pages.some((page) => read(page).includes(`](pictures/guides/${picture})`))).toBe(true);
    expect(statSync(join(guides, 'pictures/guides', picture)).size).toBeLessThan(200_000);
  });
});

describe('README.md of the guides', () => {
  it('leads to each of them, and is led to', () => {
    const pages = readdirSync(guides).filter((file) => file.endsWith('.md') && file !== 'README.md');
    const index = read('README.md');
    expect(pages.filter((page) => !index.includes(`](${page})`))).toEqual([]);
    expect(pages.length).toBeGreaterThan(3);
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('](docs/README.md)');
  });
});
