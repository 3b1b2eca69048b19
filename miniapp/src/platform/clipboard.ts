import Taro from '@tarojs/taro';

/** False where the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (process.env.TARO_ENV === 'h5') {
      await window.navigator.clipboard.writeText(text);
    } else {
      await Taro.setClipboardData({ data: text });
    }
    return true;
  } catch {
    return false;
  }
}
