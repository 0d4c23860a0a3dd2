const COLUMNS = ['part', 'passed', 'failed', 'skipped', 'time', ''];

export function totals(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

export function table(results) {
  const rows = results.map(({ name, passed, failed, skipped, time, note = '' }) => [
    name,
    passed,
    failed,
    skipped,
    time,
    note,
  ]);
  const cells = [COLUMNS, ...rows].map((row) => row.map(String));
  const widths = COLUMNS.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  const line = (row) =>
    row.map((cell, i) => (i === 0 || i === 5 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return cells.map((row) => line(row).trimEnd()).join('\n');
}
