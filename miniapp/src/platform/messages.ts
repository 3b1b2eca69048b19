import Taro from '@tarojs/taro';

/**
 * Asks, at the tap where it makes sense, whether WeChat may send these messages once each; answers the accepted ones.
 * Must be called inside a tap handler. In a browser there are none: the inbox is the truth.
 */
export async function askForMessages(templateIds: readonly string[]): Promise<readonly string[]> {
  if (process.env.TARO_ENV === 'weapp' && templateIds.length > 0) {
    try {
      const answer = await Taro.requestSubscribeMessage({ tmplIds: [...templateIds], entityIds: [] });
      const accepted = new Set(
        Object.entries(answer)
          .filter(([, choice]) => choice === 'accept')
          .map(([id]) => id),
      );
      return templateIds.filter((id) => accepted.has(id));
    } catch {
      return [];
    }
  }
  return [];
}
