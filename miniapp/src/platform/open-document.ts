import Taro from '@tarojs/taro';
import { saveDownload } from './save-download';
import { serverAddress } from './server-address';

/** A PDF of the server, by its signed path: a browser opens it beside the app, WeChat shows it. */
export async function openDocument(path: string): Promise<void> {
  const url = serverAddress(path);
  if (process.env.TARO_ENV === 'h5') {
    window.open(url, '_blank', 'noopener');
  } else {
    await showDocument(url, {});
  }
}

/** A PDF that only the signed-in person may have: a browser saves it, WeChat shows it. */
export async function openPrivateDocument(
  path: string,
  name: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const url = serverAddress(path);
  if (process.env.TARO_ENV === 'h5') {
    if (!(await saveDownload(url, headers, name))) throw new Error('The document was not given');
  } else {
    await showDocument(url, headers);
  }
}

async function showDocument(url: string, header: Readonly<Record<string, string>>): Promise<void> {
  const { statusCode, tempFilePath } = await Taro.downloadFile({ url, header: { ...header } });
  if (statusCode !== 200) throw new Error(`The document answered ${statusCode}`);
  // The path has no suffix to tell it by.
  await Taro.openDocument({ filePath: tempFilePath, fileType: 'pdf', showMenu: true });
}
