import './polyfills';
import { type PropsWithChildren, useEffect } from 'react';
import { isWeapp, onAppHidden } from './platform';
import { api, signInQuietly } from './request';
import { useSession, writeDrafts } from './stores';
import './app.css';
import './styles/h5.css';

/** Long after the first page stands. */
const WATCH_AFTER_MS = 4_000;

/** Whether the votes that this phone has seen are still the same: a file of its own, and one request, once a start. */
function watchVotes(): void {
  void import('./proof/log-watch')
    .then(({ watchKeptLogs }) => watchKeptLogs(Date.now()))
    // The file did not come: without a network there is nothing to compare, and the next start looks again.
    .catch(() => null);
}

export default function App({ children }: PropsWithChildren) {
  useEffect(() => {
    onAppHidden(writeDrafts);
    setTimeout(watchVotes, WATCH_AFTER_MS);
    // WeChat knows who holds the phone: nobody has to sign in twice.
    if (isWeapp && useSession.getState().token === null) void signInQuietly(api).catch(() => null);
  }, []);
  return children;
}
