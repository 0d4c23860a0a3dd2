import type { ProviderView } from '../../../shared/model/provider.ts';

export type ScopeAction = 'read' | 'write' | 'delete';
export const scopeActions: readonly ScopeAction[] = ['read', 'write', 'delete'];

export type ScopeChoice = NonNullable<ProviderView['scopes']>;

export const scopeOf = (prefix: string, action: ScopeAction): string => `${prefix}.${action}`;

/** The scopes in the order of the provider's own list, so that a copied list reads like its page. */
export function inDocumentOrder(choice: ScopeChoice, chosen: readonly string[]): string[] {
  const documented = choice.features.flatMap((feature) =>
    feature.actions.map((action) => scopeOf(feature.prefix, action)),
  );
  const known = documented.filter((scope) => chosen.includes(scope));
  return [...known, ...chosen.filter((scope) => !documented.includes(scope))];
}

export function toggled(choice: ScopeChoice, chosen: readonly string[], scope: string, on: boolean): string[] {
  const rest = chosen.filter((one) => one !== scope);
  return inDocumentOrder(choice, on ? [...rest, scope] : rest);
}
