import type { FieldName } from '../../errors.ts';
import type { EndpointKind, ValueSource } from '../../model/provider.ts';
import { browser, cameBack, redirect } from './browser.ts';
import { plural } from './counted.ts';
import { done } from './done.ts';
import { endpointNames, fieldLabels } from './fields.ts';
import { device, issuer } from './other.ts';

/** Where a value came from (R8). */
const sources: Record<ValueSource, string> = {
  provider_documents: 'From the provider’s documents',
  seed: 'From the provider’s documents',
  third_party: 'From third-party code',
  assumed: 'Assumed',
  entered_by_you: 'Entered by you',
  found: 'Found by its issuer',
  practice: 'Practice, on this computer',
};

const endpointWhats: Record<EndpointKind, string> = {
  authorization: 'Where the browser is sent to sign in.',
  token: 'Where tokens are asked for and renewed.',
  device: 'Where a code for signing in on another page is asked for.',
  revocation: 'Where access is taken away again.',
  introspection: 'Where the provider says whether a token works.',
  test: 'A small call that shows whether a token works.',
};

/** Sentences of the wizard, and of the parts that the Apps screen shares with it. */
export const connect = {
  opening: 'One moment…',

  rail: {
    label: 'Steps',
    system: 'System',
    systemNow: 'Which one',
    keys: 'Keys',
    keysNow: 'Get its keys',
    tokenNow: 'Paste a token',
    keysEntered: 'Entered',
    keysDone: 'Saved',
    signIn: 'Sign in',
    signInNow: 'Name and password',
    signInBrowser: 'In the browser',
    signInCompany: 'The company’s browser',
    signInToken: 'Paste the token',
    signInDevice: 'A code on another page',
    signInDone: 'Signed in',
    signInAsk: 'Ask for a new token',
    signInNone: 'Not needed here',
    done: 'Done',
    doneFirst: 'about three minutes in all',
    doneNext: 'First token',
    doneAgain: 'New token',
    /** Read out beside a step; the eye sees a tick. */
    stateDone: 'done',
    promise: 'What you type goes into the vault on this computer and nowhere else but the system you connect.',
    promisePractice: 'Practice stays in memory on this computer. It never touches the vault or the keychain.',
  },

  foot: {
    cancel: 'Cancel',
    back: 'Back',
    advanced: 'Advanced',
    nextKeys: 'Next: get the keys',
    nextSignIn: 'Next: sign in',
    nextToken: 'Next: paste the token',
    firstToken: 'Get the first token',
    newToken: 'Ask for a new token',
    signInTo: (provider: string) => `Sign in to ${provider}`,
    signInBrowser: 'Sign in with the browser',
    waitCompany: 'Wait for the company’s browser',
    pasteAddress: 'Go on: paste the address',
    tryToken: 'Try the token and keep it',
    useToken: 'Renew with it and keep it',
    exchange: 'Exchange the code',
    evenLate: 'Send it all the same',
    startAgain: 'Start again',
    byPaste: 'Go on without it: paste the address',
    useAddresses: 'Use these',
    chosen: (provider: string) => `${provider} chosen`,
    chooseFirst: 'Choose one first',
    nothingSent: 'Nothing is sent until you press',
    missing: (fields: readonly FieldName[]) => {
      const names = fields.map((name) => fieldLabels[name]);
      const last = names.pop() ?? '';
      return `Still empty: ${names.length === 0 ? last : `${names.join(', ')} and ${last}`}`;
    },
    working: (provider: string) => `Asking ${provider}…`,
  },

  cancel: {
    title: 'Stop connecting?',
    titleAgain: 'Stop signing in?',
    what: 'What you typed here is forgotten. Nothing was stored.',
    whatAgain: 'What you typed here is forgotten. The connection stays as it is.',
    keep: 'Go on connecting',
    keepAgain: 'Go on',
    act: 'Stop and forget',
  },

  system: {
    heading: 'Which system do you want to connect?',
    lead: 'Each one is set up the way its own maker describes it. You can look at every address later.',
    lives: (life: string) => `lives ${life}, then renews`,
    livesPractice: 'lives two minutes here, then renews',
    livesUnknown: 'lives as long as the system says',
    seconds: (n: number) => `${String(n)} s`,
    minutes: (n: number) => `${String(n)} min`,
    hours: (n: number) => `${String(n)} h`,
    notSure: 'Not sure yet?',
    practice: 'Practice first',
    practiceRest: 'with a system that lives only in this app. Nothing you do there is real.',
    practiceHere: 'You are practising: the keys and the sign-in are filled in for you, so you can just press on.',
  },

  keys: {
    heading: (provider: string) => `Get the keys from ${provider}`,
    headingHave: (provider: string) => `Keys for ${provider}`,
    lead: 'Make an app there once. It gives this computer its client ID and secret.',
    leadScopes: 'Choose what this connection may do, then make an app there.',
    leadIssuer: 'Say which provider it is. It has to know this vault as an app, once.',
    leadServer: 'Say where your server is. It has to know this vault as an app, once.',
    leadHave: 'Use an app you have, or make a new one.',
    have: 'Use an app you have',
    fresh: 'A new app',
    freshNote: (provider: string) => `Make one at ${provider} and paste its keys.`,
    appNote: (clientId: string, connections: number) =>
      connections === 0
        ? `Client ID ${clientId}`
        : `Client ID ${clientId}, ${String(connections)} ${plural(connections, 'connection uses', 'connections use')} it`,
    appFacts: 'Its keys, region and addresses are used as they are.',
    paste: (provider: string) => `Paste what ${provider} shows.`,
    copyScopes: 'Copy the scope list',
    copiedScopes: 'Copied',
    clientId: fieldLabels.clientId,
    clientIdGood: 'No space at either end.',
    clientSecret: fieldLabels.clientSecret,
    secretGood: (characters: number) =>
      `${String(characters)} ${plural(characters, 'character', 'characters')}, no space at either end. Saved secrets can be replaced, never read back.`,
    secretRest: 'Saved secrets can be replaced, never read back.',
    spaceAtStart: 'There is a space at the start. Take it away if it came along with the copy.',
    spaceAtEnd: 'There is a space at the end. Take it away if it came along with the copy.',
    empty: (field: FieldName) => `${fieldLabels[field]} is still empty.`,
    appName: fieldLabels.appName,
    appNameNote: 'Only for you, to tell your apps apart. Any name will do.',
    region: fieldLabels.region,
    serverPlaceholder: 'https://models.firm.example:8443',
    serverGood: 'Encrypted on the way.',
    serverHere: 'On this computer; nothing goes over a network.',
    serverQuery: 'Leave out what follows the ?.',
    clearWhat: (host: string) => `${host} would be asked without encryption.`,
    clearNext:
      'Your password, the client secret and every token then stand in clear in the address of each call, for anyone on the way and for proxy logs.',
    clearTryHttps: 'Use https instead',
    clearAgree: (host: string) => `I know, and agree to it for ${host}`,
    clearAgreed: (host: string) => `Sent to ${host} without encryption, as you agreed.`,
    register: 'Register this vault',
    registerAgain: 'Register again',
    registerNote: 'Makes an ID and a secret here and tells them to your server. Nobody has to see them.',
    registered: (host: string) => `Registered at ${host}. Its keys are filled in below.`,
    headingToken: (provider: string) => `Paste a token from ${provider}`,
    secretPublic: 'A public app has none: then it stays empty.',
    registerElsewhere:
      'Connecting an account can register this vault for you. Here, paste the keys of an app you have.',
    copyId: 'Copy the client ID',
    copySecret: 'Copy the secret',
    copiedKey: 'Copied',
    practicePage: 'In practice there is no page to open: the keys are here already.',
    practiceFilled: 'Practice has filled in the keys. Press on, or look around first.',
  },

  ways: {
    label: 'How to connect',
    /** Behind the name of a way that is off unless a person turns it on under Advanced. */
    turnedOn: 'Turned on under Advanced.',
  },

  redirect,

  token: {
    label: fieldLabels.pastedToken,
    refresh: 'Refresh token',
    heading: (provider: string) => `Paste a refresh token of ${provider}`,
    lead: (provider: string) => `${provider} is asked for a new token with it at once, which shows that it works.`,
    leadAgain: (provider: string) =>
      `Make a new token at ${provider} and paste it. It takes the place of the one before.`,
    help: 'It goes into the vault and is never shown again.',
    /** How a token of this kind begins is known. */
    begins: (with_: string) => `It begins with ${with_}, as they all do.`,
    beginsNot: (with_: string) => `This does not begin with ${with_}. It is tried as it is.`,
  },

  secret: {
    entered: 'Entered',
    replace: 'Replace',
    keep: 'Keep it',
    keepEntered: 'Keep what was entered',
  },

  scopes: {
    heading: 'What it may do',
    chosen: (n: number) => `${String(n)} chosen`,
    read: 'Read',
    write: 'Write',
    delete: 'Delete',
    /** The name of one box, read out. */
    box: (feature: string, action: string) => `${feature}: ${action}`,
    notOffered: 'not offered',
    testIn: (scope: string) => `${scope} is in: the test call needs it.`,
    testOut: (scope: string) => `${scope} is not in: the token works, but the test call will say so.`,
    none: 'None chosen: the token may do whatever the app may do.',
    all: 'Whatever the app was given at the provider.',
  },

  signIn: {
    heading: (provider: string) => `Sign in to ${provider}`,
    headingAgain: (label: string) => `Sign in again: ${label}`,
    headingAsk: (label: string) => `Ask again: ${label}`,
    lead: (provider: string) => `With the e-mail and password you use at ${provider}.`,
    leadUserName: (provider: string) => `With the user name and password you use at ${provider}.`,
    leadAgain: 'The connection keeps its name and its history.',
    leadAsk: (provider: string) =>
      `${provider} needs no sign-in: the app’s keys are enough. If they were replaced, give the new secret under Apps first.`,
    username: fieldLabels.username,
    userName: 'User name',
    usernameNote: 'As you type it when you sign in there.',
    usernameNoAt: 'This does not look like an e-mail address. It is sent as you typed it.',
    password: fieldLabels.password,
    passwordKept: 'The password is used once and not kept.',
    passwordPractice: 'Practice has filled this in. Any other one is refused, which is worth trying too.',
    label: fieldLabels.label,
    labelNote: 'For example what it is for: “Crew scheduling”.',
    with: 'App',
  },

  browser,

  issuer,

  device,

  cameBack,

  blocked: {
    what: (address: string) => `The ${address} is empty, so nothing can be asked.`,
    nobody: 'Nobody published it. Ask the vendor.',
    underApps: 'The address belongs to the app and is given under Apps.',
    act: 'Type it under Advanced',
    button: (address: string) => `First the ${address}: it is empty`,
  },

  advanced: {
    heading: 'Advanced',
    choices: 'What its documents leave open',
    choicesFixed: 'They belong to the app.',
    others: 'Other ways',
    othersLead: 'Off unless you turn one on.',
    off: 'Off',
  },

  addresses: {
    lead: (provider: string) => `What ${provider} publishes. Change one only if you were told another.`,
    leadFixed: 'They belong to the app and are shown as they are. A new app can have others.',
    names: endpointNames,
    whats: endpointWhats,
    sources,
    reset: 'Back to the profile’s',
    resetOf: (name: string) => `${name}: back to the profile’s value`,
    was: (url: string) => `Profile: ${url}`,
    resetFound: 'Back to what was found',
    wasFound: (url: string) => `Found: ${url}`,
    nobodyShort: 'Empty: ask the vendor',
    fromServer: 'Made from your server’s address',
    leadPractice: 'Practice speaks to its own server on this computer and to nothing else.',
    nobody: 'Nobody published this one. Ask the vendor; it stays unused while empty.',
    notAnAddress: 'This is not a web address. It starts with https://.',
    notSecure: 'Only https:// is used, or http:// on this computer (localhost) and where you agreed to it.',
    userInfo: 'Leave the user name and password out of the address.',
    fragment: 'Leave out what follows the #.',
  },

  failure: {
    here: 'This is the likely cause.',
    close: 'Close',
    goTo: {
      system: 'Go to the system',
      keys: 'Go to the keys',
      sign_in: 'Go to the sign-in',
      addresses: 'Go to Advanced',
    },
    couldNotOpen: 'This could not be opened.',
    tryAgain: 'Try again',
  },

  done,

  fields: fieldLabels,
};
