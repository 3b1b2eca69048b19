import Taro from '@tarojs/taro';

let online = true;
const listeners = new Set<(online: boolean) => void>();
let watching = false;

function setOnline(next: boolean): void {
  if (next === online) return;
  online = next;
  for (const listener of listeners) listener(online);
}

function watch(): void {
  if (watching) return;
  watching = true;
  if (process.env.TARO_ENV === 'h5') {
    online = window.navigator.onLine;
    window.addEventListener('online', () => {
      setOnline(true);
    });
    window.addEventListener('offline', () => {
      setOnline(false);
    });
  } else {
    Taro.onNetworkStatusChange(({ isConnected }) => {
      setOnline(isConnected);
    });
    void Taro.getNetworkType({
      success: ({ networkType }) => {
        setOnline(networkType !== 'none');
      },
    });
  }
}

/** Whether the phone says it has a network; what it says can be wrong, so a request is still tried. */
export function isOnline(): boolean {
  watch();
  return online;
}

export function onNetworkChange(listener: (online: boolean) => void): () => void {
  watch();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
