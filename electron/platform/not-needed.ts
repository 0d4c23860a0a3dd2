/**
 * Takes the place of packages that electron-store imports and that no use of ours reaches (vite.config.ts): a quarter of
 * what would be read at every start. Whoever does reach one of them is told so at once.
 */
export function Ajv2020(): never {
  throw new Error('Preferences have no JSON schema.');
}

export default {};
