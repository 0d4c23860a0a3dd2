/**
 * Names only. The preload imports just this file, so no schema and no sentence is loaded there.
 * A channel is `area.verb`; the page sees `window.grantkeep.area.verb(input)`.
 */
export const channels = [
  'program.start',
  'program.retryVault',
  'program.setVaultAside',
  'program.useOlderCopy',
  'program.openDataFolder',
  'program.openProviderPage',
  'providers.list',
  'practice.open',
  'practice.close',
  'practice.happen',
  'drafts.open',
  'drafts.keep',
  'drafts.connect',
  'drafts.discard',
  'drafts.copyScopes',
  'drafts.register',
  'drafts.copyKey',
  'drafts.cancelSignIn',
  'drafts.pasteRedirect',
  'drafts.confirmCompany',
  'drafts.openBrowserAgain',
  'drafts.copySignInLink',
  'drafts.copyRedirect',
  'drafts.rehearse',
  'drafts.keepAsNew',
  'drafts.signInAsOther',
  'connections.renew',
  'connections.test',
  'connections.copy',
  'connections.rename',
  'connections.history',
  'connections.diagnose',
  'connections.copyReport',
  'connections.claims',
  'connections.lookBack',
  'connections.revokeReach',
  'connections.revoke',
  'connections.remove',
  'apps.add',
  'apps.rename',
  'apps.replaceSecret',
  'apps.remove',
  'apps.copyRedirect',
  'apps.changeAddresses',
  'setUp.share',
  'setUp.takeOver',
  'connections.findToken',
  'clipboard.clear',
] as const;

export type Channel = (typeof channels)[number];

/** Main's one push topic: a snapshot first, then deltas by revision. */
export const stateTopic = 'state';
