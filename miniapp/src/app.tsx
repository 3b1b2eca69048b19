import './polyfills';
import { type PropsWithChildren, useEffect } from 'react';
import { isWeapp, onAppHidden } from './platform';
import { api, signInQuietly } from './request';
import { useSession, writeDrafts } from './stores';
import './app.css';
import './styles/h5.css';

export default function App({ children }: PropsWithChildren) {
  useEffect(() => {
    onAppHidden(writeDrafts);
    // WeChat knows who holds the phone: nobody has to sign in twice.
    if (isWeapp && useSession.getState().token === null) void signInQuietly(api).catch(() => null);
  }, []);
  return children;
}
