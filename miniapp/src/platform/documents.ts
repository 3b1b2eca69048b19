import Taro from '@tarojs/taro';
import { chooseDocumentInBrowser, type LocalDocument } from './browser/documents';
import { errorText } from './transport';

export type { LocalDocument };

/**
 * One document: on a laptop from its disk, in WeChat from a chat. `suffixes` as ['.xlsx', '.csv']; the server judges
 * by the bytes. Null where the person changes their mind.
 */
export async function chooseDocument(suffixes: readonly string[]): Promise<LocalDocument | null> {
  if (process.env.TARO_ENV === 'h5') {
    return chooseDocumentInBrowser(suffixes);
  } else {
    try {
      const { tempFiles } = await Taro.chooseMessageFile({
        count: 1,
        type: 'file',
        extension: suffixes.map((suffix) => suffix.slice(1)),
      });
      const [file] = tempFiles;
      return file === undefined ? null : { path: file.path, name: file.name, bytes: file.size };
    } catch (cause) {
      if (/cancel/i.test(errorText(cause))) return null;
      throw cause;
    }
  }
}
