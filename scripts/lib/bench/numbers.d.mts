export interface BenchRow {
  readonly id: string;
  readonly what: string;
  readonly value: number | null;
  readonly unit: string;
  readonly limit: number | null;
  readonly pass: boolean;
  readonly spread: readonly [number | null, number | null];
}

export function quantile(values: readonly number[], share: number): number;
export function median(values: readonly number[]): number;
export function ratios(ours: readonly number[], theirs: readonly number[]): number[];
export function row(id: string, what: string, unit: string, values: readonly number[], limit: number | null): BenchRow;
