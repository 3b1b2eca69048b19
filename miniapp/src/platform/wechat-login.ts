import Taro from '@tarojs/taro';

/** The one-time code of `wx.login`; null in a browser, or where WeChat gives none. */
export async function wechatLoginCode(): Promise<string | null> {
  if (process.env.TARO_ENV === 'weapp') {
    try {
      const { code } = await Taro.login();
      return code === '' ? null : code;
    } catch {
      return null;
    }
  }
  return null;
}
