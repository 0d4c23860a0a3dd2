/** Resolves to the file made. */
export function debianPackage(folder: string, options?: { readonly quick?: boolean }): Promise<string>;
