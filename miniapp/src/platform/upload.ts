import Taro from '@tarojs/taro';
import { browserSend, parseJson } from './browser/send';
import { type HttpResponse, TransportError, type Upload, errorText } from './transport';

export async function sendFile(upload: Upload): Promise<HttpResponse> {
  if (process.env.TARO_ENV === 'h5') {
    const file = await (await fetch(upload.path)).blob();
    const form = new FormData();
    form.append(upload.field, file, upload.fileName ?? 'photo');
    return browserSend({ ...upload, method: 'POST', body: form });
  } else {
    return weappUpload(upload);
  }
}

function weappUpload(upload: Upload): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    if (process.env.TARO_ENV === 'weapp') {
      const task = Taro.uploadFile({
        url: upload.url,
        filePath: upload.path,
        name: upload.field,
        header: { ...upload.headers },
        timeout: upload.timeoutMs,
        success: ({ statusCode, data }) => {
          resolve({ status: statusCode, body: parseJson(data) });
        },
        fail: (cause) => {
          const detail = errorText(cause);
          reject(new TransportError(/timeout/i.test(detail) ? 'TIMEOUT' : 'FAILED', detail));
        },
      });
      task.onProgressUpdate(({ progress }) => {
        upload.onProgress?.(progress);
      });
    }
  });
}
