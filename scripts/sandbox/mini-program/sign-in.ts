/** Signing in with WeChat, and the phone number that goes with it. */
import { requireApp } from './access-tokens.ts';
import { openidOf, redeemCode } from './codes.ts';
import type { Sandbox } from '../context.ts';
import { textOf, type Json } from '../json.ts';
import { MiniProgramError } from './errors.ts';
import { MINUTE, epochSeconds } from '../shanghai-time.ts';
import { sha256 } from '../signatures.ts';

const SIGN_INS_A_MINUTE = 100;
/** A seed that begins like this is a person whom WeChat takes for a risk. */
const RISKY_SEED = 'risky';

function countSignIn(sandbox: Sandbox, openid: string, now: number): void {
  const before = sandbox.store.get('signIns', openid)?.recent ?? [];
  const recent = before.filter((at) => now - at < MINUTE);
  if (recent.length >= SIGN_INS_A_MINUTE) throw new MiniProgramError('TOO_FREQUENT');
  sandbox.store.put('signIns', openid, { openid, lastAt: now, recent: [...recent, now] });
}

/** A session key of 16 bytes; another one at every sign-in. */
function sessionKey(openid: string, now: number): string {
  return Buffer.from(sha256(`${openid} ${now}`).slice(0, 32), 'hex').toString('base64');
}

/** GET /sns/jscode2session */
export function codeToSession(sandbox: Sandbox, query: URLSearchParams): object {
  requireApp(sandbox, query.get('appid'), query.get('secret'));
  if (query.get('grant_type') !== 'authorization_code') throw new MiniProgramError('INVALID_GRANT_TYPE');
  const seed = redeemCode(sandbox, query.get('js_code'), 'demo');
  if (seed.startsWith(RISKY_SEED)) throw new MiniProgramError('RISKY_USER');
  const now = sandbox.clock.now();
  const openid = openidOf(seed);
  countSignIn(sandbox, openid, now);
  return { openid, session_key: sessionKey(openid, now) };
}

/** POST /wxa/business/getuserphonenumber */
export function phoneNumber(sandbox: Sandbox, json: Json): object {
  const number = redeemCode(sandbox, textOf(json, 'code'), 'phone');
  const [, countryCode = '86', purePhoneNumber = number] = /^\+(\d{1,3})-(\d+)$/.exec(number) ?? [];
  if (!/^\d{5,15}$/.test(purePhoneNumber)) throw new MiniProgramError('INVALID_CODE');
  return {
    errcode: 0,
    errmsg: 'ok',
    phone_info: {
      phoneNumber: countryCode === '86' ? purePhoneNumber : `+${countryCode}${purePhoneNumber}`,
      purePhoneNumber,
      countryCode,
      watermark: {
        timestamp: epochSeconds(sandbox.clock.now()),
        appid: sandbox.credentials.identity.appId,
      },
    },
  };
}
