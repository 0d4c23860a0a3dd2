/** What a key or a token of these kinds looks like, wherever it stands. Each is long enough to be no word of ours. */
export const keyFormats: readonly { name: string; pattern: RegExp }[] = [
  {
    name: 'a private key',
    pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----[\s\\nr]*[A-Za-z0-9+/=:\s\\,-]{40}/,
  },
  { name: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { name: 'a GitHub token', pattern: /\bgh[oprsu]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{60}/ },
  { name: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20}/ },
  { name: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20}/ },
  { name: 'a Google key', pattern: /\bAIza[0-9A-Za-z_-]{35}|\bGOCSPX-[0-9A-Za-z_-]{28}|\bya29\.[0-9A-Za-z_-]{30}/ },
  { name: 'a Stripe key', pattern: /\b[rs]k_live_[0-9A-Za-z]{20}/ },
  { name: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}|_authToken\s*=\s*\S{20}/ },
  { name: 'a SendGrid key', pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/ },
  { name: 'a key of a language model', pattern: /\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{40}/ },
  { name: 'an age key', pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{50}/ },
  { name: 'a signed token', pattern: /\beyJ[A-Za-z0-9_-]{16,}\.eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{40,}/ },
  {
    name: 'a password in an address',
    pattern: /\bhttps?:\/\/[^\s/:@'"`<>{}$]+:[^\s/:@'"`<>{}$]{8,}@[a-z0-9.-]+\.(?:com|net|org|io|dev)\b/,
  },
];

export const keysIn = (text: string): string[] =>
  keyFormats.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);
