import Taro, { useDidShow, useRouter } from '@tarojs/taro';

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
