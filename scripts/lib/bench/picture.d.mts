/** Null where the rows do not hold all of it. */
export function growthPicture(rows: readonly { readonly id: string; readonly value: number | null }[]): string | null;
