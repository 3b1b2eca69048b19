import Taro from '@tarojs/taro';
import { isH5 } from './environment';

/** WeChat's camera reads codes; in a browser a scanner types what it reads into a field. */
export const canScan = !isH5;

/** What the code says; null where the person went back. */
export async function scanCode(): Promise<string | null> {
  if (isH5) return null;
  try {
    const { result } = await Taro.scanCode({ onlyFromCamera: false });
    return result;
  } catch {
    return null;
  }
}
