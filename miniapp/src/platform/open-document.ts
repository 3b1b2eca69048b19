import Taro from '@tarojs/taro';

/** A document of the server (a PDF voucher): the browser saves it, WeChat shows it. */
export async function openDocument(url: string): Promise<void> {
  if (process.env.TARO_ENV === 'h5') {
    window.open(url, '_blank', 'noopener');
  } else {
    const { tempFilePath } = await Taro.downloadFile({ url: SERVER_ORIGIN + url });
    await Taro.openDocument({ filePath: tempFilePath, showMenu: true });
  }
}
