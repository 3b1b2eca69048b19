/** The little HTTP that the sandbox needs: requests with their exact bytes, replies, and a table of routes. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const MAX_BODY_BYTES = 1024 * 1024;

export type Request = {
  readonly method: string;
  /** Path and query exactly as they arrived: this is what gets signed. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly remoteAddress: string;
};

export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

/** Instead of a reply: the connection is cut. */
export const CUT = Symbol('the connection is cut');
export type Answer = Reply | typeof CUT;

export class BodyTooLarge extends Error {}

export async function readRequest(message: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  const target = message.url ?? '/';
  const url = new URL(target, 'http://sandbox');
  return {
    method: message.method ?? 'GET',
    target,
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body: Buffer.concat(chunks),
    remoteAddress: message.socket.remoteAddress ?? '',
  };
}

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (answer === CUT) {
    response.socket?.destroy();
    return;
  }
  response.writeHead(answer.status, { 'cache-control': 'no-store', ...answer.headers });
  response.end(answer.body);
}

export const jsonReply = (status: number, value: object): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

export type Route<Context> = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `{name}` stands for one segment, handed over in `parameters`. */
  readonly path: string;
  readonly handle: (
    context: Context,
    request: Request,
    parameters: Readonly<Record<string, string>>,
  ) => Reply | Promise<Reply>;
};

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name) parameters[name] = decodeSegment(value);
    else if (segment !== value) return null;
  }
  return parameters;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The reply of the route that fits, or null when none does. */
export function dispatch<Context>(
  routes: readonly Route<Context>[],
  context: Context,
  request: Request,
): Promise<Reply> | null {
  for (const route of routes) {
    if (route.method !== request.method) continue;
    const parameters = matchPath(route.path, request.path);
    if (parameters) return Promise.resolve(route.handle(context, request, parameters));
  }
  return null;
}

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a URL points to this very machine. */
export const isLoopbackUrl = (url: URL): boolean => LOOPBACK_NAMES.has(url.hostname);

const isLoopbackText = (url: string): boolean => URL.canParse(url) && isLoopbackUrl(new URL(url));

/** Whether a request came from this machine, to it, and not through a proxy or another site's page. */
export function isFromLoopback(request: Request): boolean {
  const address = request.remoteAddress.replace(/^::ffff:/, '');
  if (address !== '127.0.0.1' && address !== '::1') return false;
  if (request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined)
    return false;
  // A page elsewhere can make a browser on this machine call us, also by a name that resolves to loopback.
  const origin = request.headers.origin;
  return (
    isLoopbackText(`http://${request.headers.host ?? ''}`) && (origin === undefined || isLoopbackText(origin))
  );
}
