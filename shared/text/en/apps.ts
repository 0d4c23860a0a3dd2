const plural = (n: number, one: string, many: string): string => (n === 1 ? one : many);

/** Sentences of the Apps screen. Its key fields speak with the wizard's words (connect.keys). */
export const apps = {
  title: 'Apps',
  lead: 'An app is your registration at a provider. Its client ID and secret serve every connection made with it.',
  add: 'Add an app',
  list: 'Your apps',
  practice: 'Practice',
  hangs: (n: number) => (n === 0 ? 'unused' : `${String(n)} ${plural(n, 'connection', 'connections')}`),
  rowLabel: (name: string, provider: string, connections: number) =>
    `${name}, ${provider}, ${connections === 0 ? 'no connection' : `${String(connections)} ${plural(connections, 'connection', 'connections')}`}`,

  empty: {
    title: 'No apps yet',
    what: 'A provider gives tokens only to an app it knows: you register one there and get a client ID and a secret. Connecting an account walks you through it, and the app then appears here.',
    connect: 'Connect an account',
    add: 'Add an app by itself',
  },

  detail: {
    connect: 'Connect an account with it',
    rename: 'Rename',
    name: 'Name here',
    save: 'Save',
    cancel: 'Cancel',
    clientId: 'Client ID',
    clientSecret: 'Client secret',
    secretSet: 'Set. It can be replaced, never read back.',
    secretPublic: 'Public app: no secret.',
    secretMissing: 'No secret yet. Replace it to connect with this app.',
    personalTokens: 'Personal access tokens',
    personalTokensNote: 'Made by hand at the provider; they need no client ID and no secret.',
    replace: 'Replace the secret…',
    connections: 'Connections that hang on it',
    noConnections: 'None yet.',
    region: 'Region',
    scopes: 'Scopes',
    noScopes: 'None chosen here',
    addresses: 'Addresses',
    noAddress: 'Empty: nobody published it',
    redirect: 'Redirect address',
    copy: 'Copy',
    copied: 'Copied',
    choices: 'What its documents leave open',
    clear: 'Without encryption',
    clearNote: (origin: string, when: string) =>
      `You agreed on ${when} that ${origin} is asked without encryption. It holds for this app only.`,
    added: 'Added',
    remove: 'Remove this app…',
    removeNote: 'Removing it here does not delete it at the provider.',
  },

  addApp: {
    title: 'Add an app',
    whichSystem: 'Which system is it for?',
    act: 'Add the app',
    actOf: (provider: string) => `Add this ${provider} app`,
    noVault: 'The vault is not open, so nothing can be added.',
  },

  replace: {
    title: (name: string) => `Replace the secret of ${name}?`,
    serves: (n: number) =>
      n === 0
        ? 'No connection uses it yet.'
        : n === 1
          ? 'One secret serves all its connections. This one uses the new secret from its next renewal on:'
          : `One secret serves all its connections. These ${String(n)} use the new secret from their next renewal on:`,
    secret: 'New client secret',
    withId: 'The client ID is new too',
    clientId: 'New client ID',
    note: 'The old secret is gone from this computer at once. A connection that stopped because of it is tried again.',
    act: 'Replace the secret',
    done: 'The secret was replaced.',
  },

  remove: {
    title: (name: string) => `Remove ${name}?`,
    effect: (n: number, provider: string) =>
      n === 0
        ? `Its client ID and secret are removed from this computer. At ${provider} the app stays.`
        : `Its client ID and secret are removed from this computer, and with them what hangs on it. At ${provider} the app stays.`,
    stops: (n: number) =>
      n === 1
        ? 'This connection stops and is removed here:'
        : `These ${String(n)} connections stop and are removed here:`,
    stillWorks:
      'Tokens that were handed out go on working until they end. To end them now, revoke the connections first.',
    cancel: 'Cancel',
    act: (n: number) =>
      n === 0 ? 'Remove the app' : `Remove the app and ${String(n)} ${plural(n, 'connection', 'connections')}`,
  },

  change: {
    open: 'Addresses…',
    title: (name: string) => `Addresses of ${name}`,
    lead: 'Within the hosts it asks already, a change is only saved. About a new host Grantkeep asks in a window of its own first.',
    askVendor: 'Empty: ask the vendor',
    asWas: 'As it was',
    asWasOf: (name: string) => `${name}: as it was`,
    newHost: (host: string) => `${host} is new to this app. Grantkeep asks before anything is changed.`,
    choices: 'What its documents leave open',
    save: 'Save the addresses',
    asking: 'Grantkeep asks in a window of its own. Answer there.',
    saved: 'The addresses were saved.',
    kept: (hosts: readonly string[]) => `The addresses were saved. Tokens are kept; ${hosts.join(', ')} may be asked.`,
    dropped: (n: number) =>
      `The addresses were saved and the tokens dropped. ${n === 1 ? 'One connection has' : `${String(n)} connections have`} to sign in again.`,
  },

  setUp: {
    label: 'Set-ups for colleagues',
    share: 'Share the set-up…',
    takeOver: 'Take over a set-up…',
    saveProvider: 'Save as a provider file…',
    providerSaved: 'The provider file was saved. It holds addresses and scopes, and no secret.',
    title: 'Share the set-up',
    lead: 'A file with client IDs, addresses and scopes for colleagues. No secret, no token and no account is in it.',
    which: 'Apps to share',
    act: 'Save the file…',
    none: 'Choose at least one app.',
    tooMany: (most: number) => `One file takes at most ${String(most)} apps.`,
    shared: 'The set-up was saved. It holds no secret.',
    taken: (n: number) =>
      n === 1
        ? 'One app was added. Give it its client secret before you connect.'
        : `${String(n)} apps were added. Give each its client secret before you connect.`,
  },
};
