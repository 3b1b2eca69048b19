import Taro from '@tarojs/taro';

/** Small values kept on the phone. A full or forbidden storage is not an error for the person: the value is lost. */
export function readStored<T>(key: string): T | null {
  try {
    const text = readText(key);
    return typeof text === 'string' && text !== '' ? (JSON.parse(text) as T) : null;
  } catch {
    return null;
  }
}

/** False where the phone refused to keep it. */
export function writeStored(key: string, value: unknown): boolean {
  try {
    if (process.env.TARO_ENV === 'h5') {
      window.localStorage.setItem(PREFIX + key, JSON.stringify(value));
    } else {
      Taro.setStorageSync(key, JSON.stringify(value));
    }
    return true;
  } catch {
    return false;
  }
}

export function removeStored(key: string): void {
  try {
    if (process.env.TARO_ENV === 'h5') {
      window.localStorage.removeItem(PREFIX + key);
    } else {
      Taro.removeStorageSync(key);
    }
  } catch {
    // Nothing to remove.
  }
}

/** A browser's storage may be shared with another page of the same address. */
const PREFIX = 'linli/';

function readText(key: string): unknown {
  if (process.env.TARO_ENV === 'h5') {
    return window.localStorage.getItem(PREFIX + key);
  } else {
    return Taro.getStorageSync<unknown>(key);
  }
}
