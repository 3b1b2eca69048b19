import Taro from '@tarojs/taro';
import { serverAddress } from './server-address';

/** A PDF of the server, by its signed path: a browser opens it beside the app, WeChat shows it. */
export async function openDocument(path: string): Promise<void> {
  const url = serverAddress(path);
  if (process.env.TARO_ENV === 'h5') {
    window.open(url, '_blank', 'noopener');
  } else {
    const { statusCode, tempFilePath } = await Taro.downloadFile({ url });
    if (statusCode !== 200) throw new Error(`The document answered ${statusCode}`);
    // The signed path has no suffix to tell it by.
    await Taro.openDocument({ filePath: tempFilePath, fileType: 'pdf', showMenu: true });
  }
}
