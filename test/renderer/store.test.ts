import { describe, expect, it } from 'vitest';
import { mirrorOf } from '../../renderer/store.ts';
import type { Delta } from '../../shared/model/program.ts';
import { connection, failed, fakeMain, snapshot } from './connections/window.tsx';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const starts = (calls: [string, unknown][]): number => calls.filter(([channel]) => channel === 'program.start').length;

describe('what the window knows', () => {
  it('is the snapshot, and then each delta in its turn', async () => {
    const main = fakeMain(snapshot({ connections: [connection({ id: 'a' }), connection({ id: 'b' })] }));
    const { store } = mirrorOf(main.client);
    await settled();
    main.push({ connections: [connection({ id: 'b', label: 'renamed' }), connection({ id: 'c' })] });
    main.push({ connectionsRemoved: ['a'] });
    expect(store.getState().known?.revision).toBe(3);
    expect(store.getState().known?.connections.map(({ label }) => label)).toEqual(['renamed', 'c']);
    expect(starts(main.calls)).toBe(1);
  });

  it('keeps what a delta does not name exactly as it was, so that nothing else is drawn anew', async () => {
    const main = fakeMain(snapshot({ connections: [connection({ id: 'a' })] }));
    const { store } = mirrorOf(main.client);
    await settled();
    const before = store.getState().known;
    main.push({ practice: { open: true, hosts: [], systems: [] } });
    expect(store.getState().known?.connections).toBe(before?.connections);
    expect(store.getState().known?.practice.open).toBe(true);
  });

  it('has each sign-in that is out as the last delta told it, and none when none was told', async () => {
    const main = fakeMain(snapshot());
    const { store } = mirrorOf(main.client);
    await settled();
    const signIn = { draftId: 'd1', stage: 'waiting' } as NonNullable<Delta['signIns']>[number];
    main.push({ signIns: [signIn] });
    main.push({ practice: { open: false, hosts: [], systems: [] } });
    expect(store.getState().known?.signIns).toEqual([signIn]);
    main.push({ signIns: [] });
    expect(store.getState().known?.signIns).toEqual([]);
  });

  it('is asked for anew when a revision is missing', async () => {
    const main = fakeMain(snapshot());
    const { store } = mirrorOf(main.client);
    await settled();
    main.now(snapshot({ revision: 9, connections: [connection({ id: 'missed' })] }));
    main.push({ revision: 9, practice: { open: true, hosts: [], systems: [] } });
    expect(store.getState().known?.practice.open).toBe(false);
    await settled();
    expect(starts(main.calls)).toBe(2);
    expect(store.getState().known?.revision).toBe(9);
    expect(store.getState().known?.connections.map(({ id }) => id)).toEqual(['missed']);
  });

  it('takes the deltas that came while the snapshot was on its way, and no old ones twice', async () => {
    const main = fakeMain(snapshot({ revision: 4 }));
    const { store } = mirrorOf(main.client);
    main.push({ revision: 4, connections: [connection({ id: 'old' })] });
    main.push({ revision: 5, connections: [connection({ id: 'new' })] });
    await settled();
    expect(store.getState().known?.revision).toBe(5);
    expect(store.getState().known?.connections.map(({ id }) => id)).toEqual(['new']);
  });

  it('is nothing but a problem when main cannot answer, and comes when it can', async () => {
    let broken = true;
    const main = fakeMain(snapshot(), {
      'providers.list': () => (broken ? failed({ code: 'internal', facts: {} }) : { providers: [] }),
    });
    const { store, refresh } = mirrorOf(main.client);
    await settled();
    expect(store.getState()).toMatchObject({ phase: 'failed', problem: { code: 'internal' } });
    broken = false;
    await refresh();
    expect(store.getState().phase).toBe('known');
  });
});
