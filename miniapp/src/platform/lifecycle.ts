import Taro, { useDidShow, usePageNotFound, useRouter, useUnhandledRejection } from '@tarojs/taro';

/** Runs each time the page comes to the front, the first included. */
export function usePageShown(onShow: () => void): void {
  useDidShow(onShow);
}

/** The page's query, decoded. */
export function useQuery(): Readonly<Record<string, string | undefined>> {
  const { params } = useRouter();
  const decoded: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(params)) {
    if (value !== undefined) decoded[key] = decode(value);
  }
  return decoded;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The person has left the app: the last moment at which something can be kept. */
export function onAppHidden(listener: () => void): void {
  if (process.env.TARO_ENV === 'h5') {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') listener();
    });
  } else {
    Taro.onAppHide(listener);
  }
}

/** The app was started at an address that it does not have; only its own component may listen. */
export function useUnknownAddress(onUnknown: () => void): void {
  usePageNotFound(onUnknown);
}

/**
 * A page that the browser itself has gone to (at the start, or by its own back and forward) has not come: the network
 * is gone, or the file. `first` says that there is no other page to be seen.
 */
export function useLostPage(onLost: (first: boolean) => void): void {
  useUnhandledRejection(({ reason }) => {
    if (isLostCode(reason)) onLost(Taro.getCurrentPages().length === 0);
  });
}

/** As webpack says it of a script, and of a style sheet. */
function isLostCode(reason: unknown): boolean {
  if (!(reason instanceof Error)) return false;
  return reason.name === 'ChunkLoadError' || ('code' in reason && reason.code === 'CSS_CHUNK_LOAD_FAILED');
}
