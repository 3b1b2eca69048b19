import Taro from '@tarojs/taro';

const NORMAL_PX = 17;
const MOST = 1.3;

/** How much larger than normal the person has set WeChat's own text, from 1 to 1.3; browsers zoom by themselves. */
export function wechatFontScale(): number {
  if (process.env.TARO_ENV === 'weapp') {
    const { fontSizeSetting = NORMAL_PX } = Taro.getAppBaseInfo() as { fontSizeSetting?: number };
    return Math.min(MOST, Math.max(1, fontSizeSetting / NORMAL_PX));
  }
  return 1;
}
