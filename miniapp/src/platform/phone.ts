import Taro from '@tarojs/taro';

/** Opens the dialler with the number; on a laptop whatever handles telephone links. */
export function callPhone(number: string): void {
  if (process.env.TARO_ENV === 'h5') {
    window.location.href = `tel:${number}`;
  } else {
    // The person may well cancel in the dialler: nothing to tell.
    Taro.makePhoneCall({ phoneNumber: number }).catch(() => undefined);
  }
}
