import type { SignInResponse } from '@linli/shared/identity';
import { PRIVACY_VERSION } from '@linli/shared/identity';
import { wechatLoginCode } from '@/platform';
import { useDrafts } from '@/stores/drafts';
import { usePreferences } from '@/stores/preferences';
import { useSession } from '@/stores/session';
import type { ApiClient } from './client';
import { resourceCache } from './resource-cache';

/** Takes over what the server answered to any way of signing in. */
export function becomeSignedIn(answer: SignInResponse): void {
  resourceCache.clear();
  // On a desk's computer: what one person has typed is not for the next one.
  const before = useSession.getState().me;
  if (before !== null && before.id !== answer.me.id) useDrafts.getState().discardAll();
  useSession.getState().signIn(answer);
}

/** With WeChat: the person is known by the phone that it runs on. */
export async function signInWithWechat(api: ApiClient): Promise<SignInResponse | null> {
  const code = await wechatLoginCode();
  return code === null ? null : api.post<SignInResponse>('/api/auth/wechat', { code }, { anonymous: true });
}

/**
 * Without asking, where the person has agreed to the privacy policy and has not signed out on purpose.
 * Answers the new token; null where there is no quiet way, as on H5.
 */
export async function signInQuietly(api: ApiClient): Promise<string | null> {
  const agreed = usePreferences.getState().agreedVersion === PRIVACY_VERSION;
  if (!agreed || useSession.getState().leftOnPurpose) return null;
  const answer = await signInWithWechat(api);
  if (answer === null) return null;
  useSession.getState().signIn(answer);
  return answer.token;
}
