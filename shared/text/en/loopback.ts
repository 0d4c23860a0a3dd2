/**
 * The page a browser shows when it has come back from the provider. It is made before anything comes, so it can say
 * nothing of the request; that a token follows is said in the window, when it is true.
 */
export const loopback = {
  /** The `lang` of the page: it is read aloud outside of the window. */
  language: 'en',
  product: 'Grantkeep',
  tabTitle: (heading: string) => `${heading} · Grantkeep`,
  signedIn: {
    heading: 'The provider said yes',
    what: 'Grantkeep has the answer and does the rest. Its window says how it went.',
  },
  declined: {
    heading: 'Nothing was connected',
    what: 'You said no at the provider, or it did not allow it. Grantkeep’s window says which.',
  },
  rehearsed: {
    heading: 'The way back works',
    what: 'Your browser found its way to Grantkeep on this computer. Nothing was connected; this was the rehearsal.',
  },
  close: 'You can close this tab and go back to Grantkeep.',
};
