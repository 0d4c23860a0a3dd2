import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { useFromNow } from '../../ui/clock.ts';
import { lastChangeMs } from './order.ts';

/** A time that stands for now as far as groups and counts go: it moves only when time alone moves a row. */
export function useEpoch(connections: readonly ConnectionSummary[]): number {
  return useFromNow((nowMs) => lastChangeMs(connections, nowMs));
}
