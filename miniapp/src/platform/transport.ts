/** What goes to the server and comes back, the same in both builds. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly timeoutMs: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly body: unknown;
}

export interface Upload {
  readonly url: string;
  readonly path: string;
  /** The name of the form's file field. */
  readonly field: string;
  /** What the person calls the file; a photo needs none. WeChat sends the path's own. */
  readonly fileName?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly onProgress?: ((percent: number) => void) | undefined;
}

/** No answer came: the network is away, or the server took too long. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: 'TIMEOUT' | 'FAILED';

  constructor(kind: 'TIMEOUT' | 'FAILED', detail = '') {
    super(`${kind} ${detail}`);
    this.kind = kind;
  }
}

/** The text of whatever WeChat answered to a call that failed. */
export function errorText(cause: unknown): string {
  if (typeof cause === 'object' && cause !== null) {
    if ('errMsg' in cause) return String(cause.errMsg);
    if ('message' in cause) return String(cause.message);
  }
  return String(cause);
}
