export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Pair by pair: what was measured side by side met the same machine. */
export const ratios = (ours, theirs) => ours.map((value, i) => value / theirs[i]);

/** A row of the table. `values`: one for each run; their median is told, and how far they lie apart. */
export function row(id, what, unit, values, limit) {
  const value = median(values);
  return {
    id,
    what,
    value: rounded(value),
    unit,
    limit,
    pass: limit === null || value <= limit,
    spread: [rounded(Math.min(...values)), rounded(Math.max(...values))],
  };
}

function rounded(value) {
  if (!Number.isFinite(value)) return null;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
