import { isOnline, randomId, sendFile, sendHttp, serverOrigin } from '@/platform';
import { useSession } from '@/stores/session';
import { ApiClient } from './client';
import { signInQuietly } from './sign-in';

/** The server. */
export const api: ApiClient = new ApiClient({
  origin: serverOrigin,
  send: sendHttp,
  sendFile,
  isOnline,
  newKey: randomId,
  token: () => useSession.getState().token,
  renewToken: () => signInQuietly(api),
  onSignedOut: () => {
    useSession.getState().forgetToken();
  },
});
