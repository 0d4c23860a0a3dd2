/** What is to be reached. Ratios are against what was measured beside it in the same run. */
export const LIMITS = {
  'start-0': 1.25,
  'start-1000': 1.4,
  'start-10000': 2,
  'memory-1000': 1.25,
  'idle-shown': 1,
  'idle-hidden': 0.2,
  copy: 30,
  'exchange-openid-client': 1.2,
  'exchange-simple-oauth2': 1,
  'renewals-1000': 1.3,
  'renewals-window': 50,
  commit: 50,
  'commit-flat': 2,
  'unlock-10000': 500,
  'bundle-all': 250,
};
