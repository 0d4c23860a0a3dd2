import { describe, expect, test } from 'vitest';
import { Turns } from '../../../electron/services/turns.ts';

/** All that is settled by now has had its say. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Takes turns and writes down whose it was. */
function row(turns: Turns, name: string, who: string, order: string[]) {
  const turn = turns.take(name);
  void turn.mine.then(() => order.push(who));
  return turn;
}

describe('turns', () => {
  test('come in the order in which they were asked for, one at a time', async () => {
    const [turns, order] = [new Turns(), [] as string[]];
    const [first, second, third] = ['1', '2', '3'].map((who) => row(turns, '127.0.0.1:1', who, order));
    await settled();
    expect(order).toEqual(['1']);
    first!.done();
    await settled();
    expect(order).toEqual(['1', '2']);
    second!.done();
    await settled();
    expect(order).toEqual(['1', '2', '3']);
    third!.done();
  });

  test('of another name are not waited for', async () => {
    const [turns, order] = [new Turns(), [] as string[]];
    row(turns, '127.0.0.1:1', '1', order);
    row(turns, '127.0.0.1:2', 'other', order);
    await settled();
    expect(order).toEqual(['1', 'other']);
  });

  test('pass over one that gave up in the queue, and never before the one in front is done', async () => {
    const [turns, order] = [new Turns(), [] as string[]];
    const first = row(turns, 'port', '1', order);
    const second = row(turns, 'port', '2', order);
    row(turns, 'port', '3', order);
    second.done();
    await settled();
    expect(order).toEqual(['1']);
    first.done();
    await settled();
    // Its turn came as well, but it holds nobody up.
    expect(order).toEqual(['1', '2', '3']);
  });

  test('let nobody pass twice for a second done', async () => {
    const [turns, order] = [new Turns(), [] as string[]];
    const first = row(turns, 'port', '1', order);
    row(turns, 'port', '2', order);
    row(turns, 'port', '3', order);
    first.done();
    first.done();
    await settled();
    expect(order).toEqual(['1', '2']);
  });

  test('leave nothing behind once all are done, whoever is done first', async () => {
    const turns = new Turns();
    const taken = Array.from({ length: 50 }, (_, index) => turns.take(`port ${String(index % 5)}`));
    expect(turns.size).toBe(5);
    for (const turn of taken.reverse()) turn.done();
    await settled();
    expect(turns.size).toBe(0);
    await expect(turns.take('port 0').mine).resolves.toBe(true);
  });
});
