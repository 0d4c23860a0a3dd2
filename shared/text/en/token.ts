/** The Token tab: the masked token, and what it says of itself. */
export const token = {
  masked: 'The token, masked',
  maskedWhy: 'It is never drawn here. Copying hands it over through the clipboard.',
  copy: (form: string): string => `Copy as ${form}`,
  reading: 'Reading the token…',
  none: 'There is no token left here.',
  names: { access_token: 'Access token', id_token: 'ID token' },
  bearer: 'The one the API takes',
  unverified: 'Not verified',
  unverifiedWhy: 'What the token says of itself. Nobody here checked its signature.',
  opaque: 'It says nothing of itself: it is no JWT, only a key that the provider looks up.',
  noClaims: 'None of its claims is one that is shown.',
  notShown: 'Not shown, since it may hold a key or data of a person:',
};
