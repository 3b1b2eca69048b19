/** One POST to the merchant, with WeChat's patience. It never throws: no answer is an outcome too. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export type Outgoing = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type PostResult =
  | { readonly outcome: 'answered'; readonly status: number; readonly text: string }
  | { readonly outcome: 'timeout' | 'unreachable' };

const MAX_ANSWER_BYTES = 64 * 1024;

export function post(outgoing: Outgoing, timeoutMs: number): Promise<PostResult> {
  const url = new URL(outgoing.url);
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const headers = { ...outgoing.headers, 'content-length': String(Buffer.byteLength(outgoing.body)) };
    // No agent: a connection kept alive would outlive the sandbox that opened it.
    const request = open(url, { method: 'POST', headers, agent: false });
    const finish = (result: PostResult): void => {
      clearTimeout(timer);
      resolve(result);
      request.destroy();
    };
    const timer = setTimeout(() => finish({ outcome: 'timeout' }), timeoutMs);
    request.on('error', () => finish({ outcome: 'unreachable' }));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MAX_ANSWER_BYTES) chunks.push(chunk);
      });
      response.on('error', () => finish({ outcome: 'unreachable' }));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        finish({ outcome: 'answered', status: response.statusCode ?? 0, text });
      });
    });
    request.end(outgoing.body);
  });
}
