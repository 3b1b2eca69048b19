/** The access token that every server call carries. */
import type { Sandbox } from '../context.ts';
import { flagOf, textOf, type Json } from '../json.ts';
import { MiniProgramError } from './errors.ts';
import { HOUR, MINUTE } from '../shanghai-time.ts';
import { randomText } from '../signatures.ts';

const TOKEN_LIFE_MS = 2 * HOUR;
/** An old token goes on working for a little after a new one was asked for. */
const OVERLAP_MS = 5 * MINUTE;

export function requireApp(sandbox: Sandbox, appId: string | null, secret: string | null): void {
  const { identity } = sandbox.credentials;
  if (appId !== identity.appId) throw new MiniProgramError('INVALID_APPID');
  if (secret !== identity.appSecret) throw new MiniProgramError('INVALID_SECRET');
}

function tokenReply(sandbox: Sandbox, token: string, expiresAt: number): object {
  return { access_token: token, expires_in: Math.floor((expiresAt - sandbox.clock.now()) / 1000) };
}

function newToken(sandbox: Sandbox, stable: boolean): object {
  const now = sandbox.clock.now();
  for (const old of sandbox.store.all('tokens')) {
    if (old.expiresAt <= now) sandbox.store.remove('tokens', old.token);
    else if (old.stable === stable) {
      const expiresAt = Math.min(old.expiresAt, now + OVERLAP_MS);
      sandbox.store.put('tokens', old.token, { ...old, expiresAt });
    }
  }
  const token = `${randomText(12)}_${randomText(120)}`;
  sandbox.store.put('tokens', token, { token, stable, expiresAt: now + TOKEN_LIFE_MS });
  return tokenReply(sandbox, token, now + TOKEN_LIFE_MS);
}

/** GET /cgi-bin/token: a new one each time, the one before soon ends. */
export function plainToken(sandbox: Sandbox, query: URLSearchParams): object {
  if (query.get('grant_type') !== 'client_credential') throw new MiniProgramError('INVALID_GRANT_TYPE');
  requireApp(sandbox, query.get('appid'), query.get('secret'));
  return newToken(sandbox, false);
}

/** POST /cgi-bin/stable_token: the same one to everybody until it is about to end or a refresh is forced. */
export function stableToken(sandbox: Sandbox, json: Json): object {
  if (textOf(json, 'grant_type') !== 'client_credential') throw new MiniProgramError('INVALID_GRANT_TYPE');
  requireApp(sandbox, textOf(json, 'appid'), textOf(json, 'secret'));
  const good = sandbox.store
    .all('tokens')
    .find((token) => token.stable && token.expiresAt > sandbox.clock.now() + OVERLAP_MS);
  if (good && !flagOf(json, 'force_refresh')) return tokenReply(sandbox, good.token, good.expiresAt);
  return newToken(sandbox, true);
}

export function requireToken(sandbox: Sandbox, query: URLSearchParams): void {
  const given = query.get('access_token');
  if (!given) throw new MiniProgramError('MISSING_TOKEN');
  const known = sandbox.store.get('tokens', given);
  if (!known) throw new MiniProgramError('INVALID_CREDENTIAL');
  if (known.expiresAt <= sandbox.clock.now()) throw new MiniProgramError('EXPIRED_TOKEN');
}
