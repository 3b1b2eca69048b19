import Taro from '@tarojs/taro';
import { type LocalPhoto, choosePhotosInBrowser, showPhotosInBrowser } from './browser/photos';
import { serverAddress } from './server-address';
import { errorText } from './transport';

export type { LocalPhoto };

/** Photos that the person picks or takes; none where they change their mind. */
export async function choosePhotos(atMost: number): Promise<readonly LocalPhoto[]> {
  if (process.env.TARO_ENV === 'h5') {
    return choosePhotosInBrowser(atMost);
  } else {
    try {
      const { tempFiles } = await Taro.chooseImage({
        count: atMost,
        sizeType: ['compressed'],
        sourceType: ['album', 'camera'],
      });
      return tempFiles.slice(0, atMost).map((file) => ({ path: file.path, bytes: file.size }));
    } catch (cause) {
      if (/cancel/i.test(errorText(cause))) return [];
      throw cause;
    }
  }
}

/** All of them full screen, by their signed paths, beginning with the one that was tapped. */
export function lookAtPhotos(paths: readonly string[], current: string): void {
  const urls = paths.map(serverAddress);
  if (process.env.TARO_ENV === 'h5') {
    showPhotosInBrowser(urls, serverAddress(current));
  } else {
    void Taro.previewImage({ urls, current: serverAddress(current) });
  }
}
