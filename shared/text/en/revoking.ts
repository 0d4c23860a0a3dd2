/** Taking access away at the provider: before, and the receipt after. */
export const revoke = {
  title: (label: string, provider: string): string => `Revoke “${label}” at ${provider}?`,
  everyBefore: 'This ends ',
  every: (provider: string, account: string | null): string =>
    `every ${provider} sign-in of ${account ?? 'this person'}`,
  everyAfter: (provider: string): string =>
    `, in every app and on every computer. ${provider} has no way to end only one.`,
  thisBefore: 'This ends ',
  this: 'this sign-in only',
  thisAfter: (provider: string): string => `. Other sign-ins at ${provider} go on.`,
  accessToken: 'this access token only',
  accessTokenAfter: (provider: string): string =>
    `, at once. ${provider} has no call that ends the saved sign-in behind it; that is deleted here. Other sign-ins go on.`,
  stops: 'Stops working',
  thisConnection: 'this connection',
  samePerson: 'same person, here in this vault',
  otherApps: 'Other apps of this person',
  notVisible: 'not visible from here',
  stillWorks: 'A token already handed out may still work until',
  stillWorksUnknown: (provider: string): string =>
    `${provider} does not say how long a token already handed out still works.`,
  onlyRemove: 'Only remove it here instead…',
  cancel: 'Cancel',
  act: (provider: string): string => `Revoke at ${provider}`,
  asking: 'Looking what this reaches…',
  done: (label: string): string => `“${label}” is revoked`,
  receiptAnswered: (provider: string, status: number): string => `${provider} confirmed (HTTP ${String(status)})`,
  receiptDeleted: 'Its tokens were deleted here',
  receiptAlso: (label: string): string => `${label} needs a new sign-in`,
  receiptAccessToken: (provider: string): string =>
    `The access token works no more. The refresh token was deleted here; ${provider} has no call that ends it.`,
  receiptNothingLeft: 'No token handed out before works any more.',
  close: 'Done',
};

/** Deleting it here, where the provider is not told. */
export const remove = {
  title: (label: string): string => `Remove “${label}” here?`,
  lead: (provider: string): string =>
    `Its saved sign-in, its token and its history are deleted from this computer. ${provider} is not told.`,
  leadPersonal: (provider: string): string =>
    `Its token and its history are deleted from this computer. ${provider} is not told.`,
  leadRevoked: 'Its history is deleted from this computer. It was revoked before.',
  leadPractice: 'It is practice: nothing real is deleted, and nobody is told.',
  deleted: 'Deleted here',
  deletedWhat: ['Its tokens', 'The history of its exchanges'],
  keptApp: (name: string): string => `The app “${name}” stays under Apps.`,
  stillWorks: 'The token may still work until',
  stillWorksUnknown: 'Nobody can say how long the token still works.',
  revokeInstead: (provider: string): string => `Revoke at ${provider} instead…`,
  endAtProvider: (provider: string): string => `To end it at ${provider} too`,
  cancel: 'Cancel',
  act: 'Remove here',
  removed: (label: string): string => `“${label}” was removed here.`,
};
