import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Profile } from '../schema.ts';

export type Person = Profile['practice']['people'][number];
export type PracticeApp = Profile['practice']['apps'][number];
export type TokenKind = 'access_token' | 'id_token';

/** Whose token it is and until when. */
export interface Issued {
  kind: TokenKind;
  accountId: string;
  accountName: string;
  username: string | null;
  scopes: readonly string[];
  endsAtMs: number;
  /** The sign-in that brought it. */
  family: string;
}

interface HeldRefreshToken {
  username: string;
  /** Null: whoever asked did not have to say who it is. */
  clientId: string | null;
  family: string;
  revoked: boolean;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What one practice provider knows: its people, its apps, and every token it gave out. In memory, gone with it. */
export class Ledger {
  readonly #key = randomBytes(32);
  readonly #tokens = new Map<string, Issued>();
  readonly #refreshTokens = new Map<string, HeldRefreshToken>();
  readonly #redirects = new Map<string, string[]>();
  readonly #apps: Map<string, PracticeApp>;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #look: Profile['practice']['tokens'];

  constructor(practice: Profile['practice']) {
    this.#apps = new Map(practice.apps.map((app) => [app.clientId, { ...app }]));
    this.#look = practice.tokens;
    this.#people = new Map(practice.people.map((person) => [person.username, person]));
  }

  /** By ID and secret; a public client by its ID alone, since a secret could not be its own. */
  app(clientId: string, clientSecret: string | null): PracticeApp | null {
    const app = this.#apps.get(clientId);
    if (app === undefined) return null;
    return (app.clientSecret === '' ? clientSecret === null : app.clientSecret === clientSecret) ? app : null;
  }

  appNamed(clientId: string): PracticeApp | null {
    return this.#apps.get(clientId) ?? null;
  }

  apps(): PracticeApp[] {
    return [...this.#apps.values()];
  }

  /** An app that registered itself. False: that ID is taken. */
  addApp(app: PracticeApp): boolean {
    if (this.#apps.has(app.clientId)) return false;
    this.#apps.set(app.clientId, app);
    return true;
  }

  replaceSecret(clientId: string, clientSecret: string): void {
    const app = this.#apps.get(clientId);
    if (app !== undefined) this.#apps.set(clientId, { ...app, clientSecret });
  }

  /** One more for the app: each sign-in here has an address of its own, and the earlier ones still renew. */
  registerRedirect(clientId: string, redirectUri: string): void {
    const others = this.redirectsOf(clientId).filter((known) => known !== redirectUri);
    this.#redirects.set(clientId, [...others, redirectUri]);
  }

  /** The latest last. */
  redirectsOf(clientId: string): readonly string[] {
    return this.#redirects.get(clientId) ?? [];
  }

  people(): Person[] {
    return [...this.#people.values()];
  }

  person(username: string): Person | null {
    return this.#people.get(username) ?? null;
  }

  issue(issued: Issued, nowMs: number): string {
    const token = this.#look === 'uuid' ? randomUUID() : this.#jwt(issued, nowMs);
    this.#tokens.set(token, issued);
    this.#forgetEnded(nowMs);
    return token;
  }

  /** Signed so that a cut one can be told, with an id of its own so that no two are equal. */
  #jwt(issued: Issued, nowMs: number): string {
    const head = base64url({ alg: 'HS256', typ: 'JWT' });
    const claims = base64url({
      sub: issued.accountId,
      token_use: issued.kind,
      iat: Math.floor(nowMs / 1000),
      exp: Math.floor(issued.endsAtMs / 1000),
      jti: randomUUID(),
    });
    const signature = createHmac('sha256', this.#key).update(`${head}.${claims}`).digest('base64url');
    return `${head}.${claims}.${signature}`;
  }

  /** Five parts and some 1.8 kB, as TeamGantt's are: small stores show themselves here. */
  issueRefreshToken(held: Omit<HeldRefreshToken, 'revoked'>): string {
    const head = base64url({ cty: 'JWT', enc: 'A256GCM', alg: 'RSA-OAEP' });
    const parts = [256, 12, 1024, 16].map((size) => randomBytes(size).toString('base64url'));
    const token = this.#look === 'uuid' ? randomUUID() : [head, ...parts].join('.');
    this.#refreshTokens.set(token, { ...held, revoked: false });
    return token;
  }

  /** Whose it is, as long as it was not revoked. */
  livingRefreshToken(refreshToken: string): (Omit<HeldRefreshToken, 'username'> & { person: Person }) | null {
    const held = this.#refreshTokens.get(refreshToken);
    const person = held === undefined || held.revoked ? null : this.person(held.username);
    return held === undefined || person === null ? null : { ...held, person };
  }

  endRefreshToken(refreshToken: string): void {
    const held = this.#refreshTokens.get(refreshToken);
    if (held !== undefined) held.revoked = true;
  }

  /** The token as long as it lives and is of that kind. */
  living(token: string, kind: TokenKind, nowMs: number): Issued | null {
    const issued = this.#tokens.get(token);
    return issued?.kind === kind && issued.endsAtMs > nowMs ? issued : null;
  }

  endToken(token: string): boolean {
    return this.#tokens.delete(token);
  }

  /** As if every token's time were up; what renews them stays. */
  endAccessTokens(): void {
    this.#tokens.clear();
  }

  /** Everything that one sign-in brought, by then and through renewals. */
  endFamily(family: string): void {
    for (const held of this.#refreshTokens.values()) if (held.family === family) held.revoked = true;
    for (const [token, issued] of this.#tokens) if (issued.family === family) this.#tokens.delete(token);
  }

  /** The sign-in that a token of either kind belongs to. */
  familyOf(token: string): string | null {
    return this.#refreshTokens.get(token)?.family ?? this.#tokens.get(token)?.family ?? null;
  }

  /** Every refresh token and access token of the person. A bearer that was handed out works until its own end. */
  revokeAll(username: string, bearer: TokenKind): number {
    let ended = 0;
    for (const held of this.#refreshTokens.values()) {
      if (held.username === username && !held.revoked) {
        held.revoked = true;
        ended += 1;
      }
    }
    for (const [token, issued] of this.#tokens) {
      if (issued.username === username && issued.kind !== bearer) this.#tokens.delete(token);
    }
    return ended;
  }

  #forgetEnded(nowMs: number): void {
    if (this.#tokens.size < 5000) return;
    for (const [token, issued] of this.#tokens) if (issued.endsAtMs <= nowMs) this.#tokens.delete(token);
  }
}
