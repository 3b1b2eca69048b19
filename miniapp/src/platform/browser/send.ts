import { type HttpResponse, TransportError } from '../transport';

interface BrowserRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData | null;
  readonly timeoutMs: number;
  readonly onProgress?: ((percent: number) => void) | undefined;
}

/** XMLHttpRequest knows the progress of an upload and keeps to a timeout, on every browser there is. */
export function browserSend(request: BrowserRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
    xhr.timeout = request.timeoutMs;
    xhr.addEventListener('load', () => {
      resolve({ status: xhr.status, body: parseJson(xhr.responseText) });
    });
    xhr.addEventListener('timeout', () => {
      reject(new TransportError('TIMEOUT'));
    });
    xhr.addEventListener('error', () => {
      reject(new TransportError('FAILED'));
    });
    const { onProgress } = request;
    if (onProgress !== undefined) {
      xhr.upload.addEventListener('progress', ({ loaded, total }) => {
        onProgress(total === 0 ? 0 : Math.floor((loaded * 100) / total));
      });
    }
    xhr.send(request.body);
  });
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
