import './polyfills';
import { type PropsWithChildren, useEffect } from 'react';
import { isWeapp, onAppHidden } from './platform';
import { api, signInQuietly } from './request';
import { useSession, writeDrafts } from './stores';
import './app.css';
import './styles/h5.css';

/** The weapp looks when a vote is opened: what checks it is not in its main package. */
const AFTER_START_MS = 4_000;

export default function App({ children }: PropsWithChildren) {
  useEffect(() => {
    onAppHidden(writeDrafts);
    // WeChat knows who holds the phone: nobody has to sign in twice.
    if (process.env.TARO_ENV === 'h5') {
      // The check of what this phone has seen of past votes is a file of its own, long after the first page stands.
      setTimeout(() => {
        if (useSession.getState().token !== null)
          void import('./proof/log-watch').then(({ watchKeptLogs }) => watchKeptLogs(Date.now()));
      }, AFTER_START_MS);
    }
    if (isWeapp && useSession.getState().token === null) void signInQuietly(api).catch(() => null);
  }, []);
  return children;
}
