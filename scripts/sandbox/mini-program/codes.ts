/**
 * The short-lived codes that a phone hands to the app: `wx.login` and the phone number button.
 * Real-looking ones are issued through the control API; `demo:<seed>` and `phone:<number>` need no issuing.
 * A suffix behind `#` makes another code of the same meaning, as a code works only once.
 */
import type { Sandbox } from '../context.ts';
import { MiniProgramError } from './errors.ts';
import { MINUTE } from '../shanghai-time.ts';
import { randomText, sha256 } from '../signatures.ts';

const CODE_LIFE_MS = 5 * MINUTE;

export type CodePurpose = 'demo' | 'phone';

/** The same seed is the same person, in every folder and for ever. */
export const openidOf = (seed: string): string =>
  `o${Buffer.from(sha256(`linli sandbox openid ${seed}`), 'hex')
    .toString('base64url')
    .slice(0, 27)}`;

/** What `wx.login` or the phone number button would give the page. */
export function issueCode(sandbox: Sandbox, purpose: CodePurpose, value: string): string {
  const code = `0${randomText(31)}`;
  const issuedAt = sandbox.clock.now();
  sandbox.store.put('issuedCodes', code, { code, value: `${purpose}:${value}`, issuedAt });
  return code;
}

function meaningOf(sandbox: Sandbox, code: string): string | null {
  const issued = sandbox.store.get('issuedCodes', code);
  if (!issued) return code;
  return sandbox.clock.now() < issued.issuedAt + CODE_LIFE_MS ? issued.value : null;
}

/** Used codes are remembered for as long as they could be tried again. */
function forgetOldCodes(sandbox: Sandbox, now: number): void {
  for (const used of sandbox.store.all('usedCodes')) {
    if (now >= used.usedAt + CODE_LIFE_MS) sandbox.store.remove('usedCodes', used.code);
  }
  for (const issued of sandbox.store.all('issuedCodes')) {
    // Twice the life: expired codes are still told from unknown ones in the control API's lists.
    if (now >= issued.issuedAt + 2 * CODE_LIFE_MS) sandbox.store.remove('issuedCodes', issued.code);
  }
}

/** The seed or number behind a code; refuses what is unknown, expired or used before. */
export function redeemCode(sandbox: Sandbox, code: string | null, purpose: CodePurpose): string {
  const now = sandbox.clock.now();
  forgetOldCodes(sandbox, now);
  const meaning = code === null ? null : meaningOf(sandbox, code);
  const value = meaning?.startsWith(`${purpose}:`) ? meaning.slice(purpose.length + 1).split('#')[0] : null;
  if (!code || !value) throw new MiniProgramError('INVALID_CODE');
  if (sandbox.store.get('usedCodes', code)) throw new MiniProgramError('INVALID_CODE', 'code been used');
  sandbox.store.put('usedCodes', code, { code, usedAt: now });
  return value;
}
