import Taro from '@tarojs/taro';
import { browserSend } from './browser/send';
import { type HttpRequest, type HttpResponse, TransportError, errorText } from './transport';

export async function sendHttp({
  method,
  url,
  headers,
  body,
  timeoutMs,
}: HttpRequest): Promise<HttpResponse> {
  const text = body === undefined ? null : JSON.stringify(body);
  if (process.env.TARO_ENV === 'h5') {
    return browserSend({ method, url, headers, body: text, timeoutMs });
  } else {
    try {
      const { statusCode, data } = await Taro.request<unknown>({
        url,
        method,
        header: { ...headers },
        ...(text === null ? {} : { data: text }),
        timeout: timeoutMs,
      });
      return { status: statusCode, body: data };
    } catch (cause) {
      const detail = errorText(cause);
      throw new TransportError(/timeout/i.test(detail) ? 'TIMEOUT' : 'FAILED', detail);
    }
  }
}
