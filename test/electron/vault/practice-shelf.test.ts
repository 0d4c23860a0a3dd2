import { describe, expect, it } from 'vitest';
import { PracticeShelf } from '../../../electron/vault/practice-shelf.ts';
import { historyLimit, type Change } from '../../../electron/vault/records.ts';
import {
  appRecord,
  codeOf,
  connectionRecord,
  endpointsAt,
  exchangeAt,
  someDayMs,
  tokensOf,
} from '../../support/vault-rig.ts';

const app = appRecord('one', { realm: 'practice' });
const connection = connectionRecord('a', 'one', { realm: 'practice' });
const changes: Change[] = [
  { put: 'app', record: app },
  { put: 'connection', record: connection },
  { put: 'connection_secrets', connectionId: 'a', secrets: tokensOf('a') },
  { put: 'history', connectionId: 'a', exchanges: [exchangeAt(someDayMs)] },
];

describe('the practice shelf', () => {
  it('keeps what is put on it, like the vault', () => {
    const shelf = new PracticeShelf();
    shelf.commit(changes);
    expect(shelf.realm).toBe('practice');
    expect(shelf.apps()).toEqual([app]);
    expect(shelf.connections()).toEqual([connection]);
    expect(shelf.appSecrets('one').clientSecret).toBeNull();
    expect(shelf.connectionSecrets('a')?.accessToken?.reveal()).toBe('access-a');
    expect(shelf.history('a')).toHaveLength(1);
  });

  it('has the rules of the vault: whole lists, no orphans, no secret for another host', async () => {
    const shelf = new PracticeShelf();
    shelf.commit(changes);
    expect(
      await codeOf(() =>
        shelf.commit([{ put: 'connection', record: connectionRecord('b', 'none', { realm: 'practice' }) }]),
      ),
    ).toBe('not_found');
    expect(
      await codeOf(() =>
        shelf.commit([
          { put: 'app', record: { ...app, name: 'x' } },
          { remove: 'app', appId: 'one' },
        ]),
      ),
    ).toBe('bad_input');
    expect(
      await codeOf(() => shelf.commit([{ put: 'app', record: { ...app, endpoints: endpointsAt('other.example') } }])),
    ).toBe('bad_input');
    expect(shelf.app('one')).toEqual(app);
    const many = Array.from({ length: historyLimit + 1 }, (_, i) => exchangeAt(someDayMs - i));
    shelf.commit([{ put: 'history', connectionId: 'a', exchanges: many }]);
    expect(shelf.history('a')).toEqual(many.slice(0, historyLimit));
  });

  it('takes no record of the vault', async () => {
    expect(await codeOf(() => new PracticeShelf().commit([{ put: 'app', record: appRecord('one') }]))).toBe(
      'bad_input',
    );
  });

  it('lets go of a connection with its tokens and history', async () => {
    const shelf = new PracticeShelf();
    shelf.commit(changes);
    shelf.commit([{ remove: 'connection', connectionId: 'a' }]);
    expect(shelf.connections()).toEqual([]);
    expect(await codeOf(() => shelf.connectionSecrets('a'))).toBe('not_found');
    shelf.commit([{ put: 'connection', record: connection }]);
    expect(shelf.connectionSecrets('a')).toBeNull();
    expect(shelf.history('a')).toEqual([]);
  });
});
