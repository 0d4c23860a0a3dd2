import type { PracticeEngine } from '../../electron/providers/practice/engine.ts';

/** Every token and code this engine gives out from now on, by a name, read off its answers. */
export function tokensGivenBy(engine: PracticeEngine): () => ReadonlyMap<string, string> {
  const tokens = new Map<string, string>();
  const give = (name: string, value: string): void => {
    tokens.set(`issued ${engine.profile.id} ${name} ${String(tokens.size)}`, value);
  };
  const handle = engine.handle.bind(engine);
  engine.handle = (request) => {
    const given = handle(request);
    if (given.kind !== 'answer') return given;
    if (given.body.startsWith('{')) {
      for (const [name, value] of Object.entries(JSON.parse(given.body) as Record<string, unknown>)) {
        if (typeof value === 'string' && name.endsWith('_token')) give(name, value);
      }
    }
    const location = given.headers['location'];
    const code = location === undefined ? null : new URL(location).searchParams.get('code');
    if (code !== null) give('code', code);
    return given;
  };
  const personalToken = engine.personalToken.bind(engine);
  engine.personalToken = (username) => {
    const token = personalToken(username);
    if (token !== null) give('personal token', token);
    return token;
  };
  const existingRefreshToken = engine.existingRefreshToken.bind(engine);
  engine.existingRefreshToken = (clientId, username) => {
    const token = existingRefreshToken(clientId, username);
    if (token !== null) give('refresh_token', token);
    return token;
  };
  return () => tokens;
}
