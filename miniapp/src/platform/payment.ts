import Taro from '@tarojs/taro';
import { errorText } from './transport';

/** What the server's order answers for `wx.requestPayment` (JSAPI). */
export interface WechatPayParams {
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: 'RSA';
  readonly paySign: string;
}

/**
 * Opens WeChat's cashier. What it answers is only a hint: whether money has moved is asked from the server.
 * On H5 the server's order names the address of a cashier page instead; open it with `openAddress`.
 */
export async function payWithWechat(params: WechatPayParams): Promise<'DONE' | 'CANCELLED' | 'FAILED'> {
  if (process.env.TARO_ENV === 'weapp') {
    try {
      await Taro.requestPayment({ ...params });
      return 'DONE';
    } catch (cause) {
      return /cancel/i.test(errorText(cause)) ? 'CANCELLED' : 'FAILED';
    }
  }
  return 'FAILED';
}
