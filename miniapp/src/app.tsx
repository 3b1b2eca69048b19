import './polyfills';
import { Text, View } from '@tarojs/components';
import { type PropsWithChildren, useEffect, useState } from 'react';
import { startAt } from './navigate';
import { isWeapp, onAppHidden, onMoves, reloadApp, spoken, useLostPage, useUnknownAddress } from './platform';
import { api, signInQuietly } from './request';
import { toast, useSession, writeDrafts } from './stores';
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

function sayLost(): void {
  toast('网络不好，没有打开，请再点一次', 'bad');
}

/** In place of everything: not even the first page has come, and with it none of its pieces. */
function NothingCame() {
  return (
    <View className="linli nothing-came">
      <View>没有打开，可能是网络不好。</View>
      <Text
        className="nothing-came__again"
        onClick={reloadApp}
        {...spoken({ role: 'button', focusable: true })}
      >
        重新打开
      </Text>
    </View>
  );
}

export default function App({ children }: PropsWithChildren) {
  const [nothingCame, setNothingCame] = useState(false);
  useUnknownAddress(() => {
    startAt('notFound');
  });
  useLostPage((first) => {
    if (first) setNothingCame(true);
    else sayLost();
  });
  useEffect(() => {
    onAppHidden(writeDrafts);
    onMoves({
      onSlow: () => {
        toast('网络有点慢，正在打开…');
      },
      onLost: sayLost,
    });
    setTimeout(watchVotes, WATCH_AFTER_MS);
    // WeChat knows who holds the phone: nobody has to sign in twice.
    if (isWeapp && useSession.getState().token === null) void signInQuietly(api).catch(() => null);
  }, []);
  return nothingCame ? <NothingCame /> : children;
}
