import { type HttpRequest, type HttpResponse, TransportError, type Upload } from '@/platform';
import { clientError, refusalError } from './api-error';

/** What the client needs from outside; a test gives its own. */
export interface ClientPorts {
  readonly origin: string;
  send(request: HttpRequest): Promise<HttpResponse>;
  sendFile(upload: Upload): Promise<HttpResponse>;
  isOnline(): boolean;
  newKey(): string;
  token(): string | null;
  /**
   * Signs in again without asking (WeChat can), and answers the new token; null where it cannot.
   * Called once however many requests find the token dead at the same time.
   */
  renewToken(): Promise<string | null>;
  /** The token is dead and could not be renewed. */
  onSignedOut(): void;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface SendOptions {
  readonly query?: Query;
  /** The same key as the first attempt, where this is a retry of one action of the person. */
  readonly idempotencyKey?: string;
  readonly timeoutMs?: number;
  /** Sign-in itself: goes without a token, and a 401 is its answer. */
  readonly anonymous?: boolean;
}

export interface UploadOptions {
  /** What the person calls the file, where that matters (a spreadsheet, a voucher). */
  readonly fileName?: string;
  readonly onProgress?: (percent: number) => void;
  readonly idempotencyKey?: string;
}

const READ_TIMEOUT_MS = 10_000;
const WRITE_TIMEOUT_MS = 20_000;
const UPLOAD_TIMEOUT_MS = 60_000;
const UNAUTHORIZED = 401;

/** The one way to the server. Answers the body, or throws an `ApiError`. */
export class ApiClient {
  private readonly ports: ClientPorts;
  private renewing: Promise<string | null> | null = null;

  constructor(ports: ClientPorts) {
    this.ports = ports;
  }

  get<T>(path: string, query?: Query, options: SendOptions = {}): Promise<T> {
    return this.request<T>('GET', path, undefined, { ...options, ...(query === undefined ? {} : { query }) });
  }

  post<T>(path: string, body: unknown = {}, options: SendOptions = {}): Promise<T> {
    return this.request<T>('POST', path, body, { idempotencyKey: this.ports.newKey(), ...options });
  }

  put<T>(path: string, body: unknown, options: SendOptions = {}): Promise<T> {
    return this.request<T>('PUT', path, body, options);
  }

  patch<T>(path: string, body: unknown, options: SendOptions = {}): Promise<T> {
    return this.request<T>('PATCH', path, body, options);
  }

  delete<T>(path: string, options: SendOptions = {}): Promise<T> {
    return this.request<T>('DELETE', path, undefined, options);
  }

  /** One file as the form field `file`. */
  upload<T>(path: string, filePath: string, options: UploadOptions = {}): Promise<T> {
    const key = options.idempotencyKey ?? this.ports.newKey();
    return this.attempt<T>(false, (token) =>
      this.ports.sendFile({
        url: this.url(path),
        path: filePath,
        field: 'file',
        fileName: options.fileName,
        headers: { ...bearer(token), 'Idempotency-Key': key },
        timeoutMs: UPLOAD_TIMEOUT_MS,
        onProgress: options.onProgress,
      }),
    );
  }

  private request<T>(
    method: HttpRequest['method'],
    path: string,
    body: unknown,
    options: SendOptions,
  ): Promise<T> {
    const { query, idempotencyKey, anonymous = false } = options;
    return this.attempt<T>(anonymous, (token) =>
      this.ports.send({
        method,
        url: this.url(path, query),
        headers: {
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
          ...bearer(token),
        },
        ...(body === undefined ? {} : { body }),
        timeoutMs: options.timeoutMs ?? (method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS),
      }),
    );
  }

  /** Sends; where the token has died, renews it once for everybody and sends again, the same key included. */
  private async attempt<T>(
    anonymous: boolean,
    send: (token: string | null) => Promise<HttpResponse>,
  ): Promise<T> {
    const token = anonymous ? null : this.ports.token();
    const response = await this.answered(send(token));
    if (response.status !== UNAUTHORIZED || anonymous) return read<T>(response);

    const renewed = await this.freshToken(token);
    if (renewed === null) {
      this.ports.onSignedOut();
      throw refusalError(response.status, response.body);
    }
    const second = await this.answered(send(renewed));
    if (second.status === UNAUTHORIZED) this.ports.onSignedOut();
    return read<T>(second);
  }

  private freshToken(dead: string | null): Promise<string | null> {
    const current = this.ports.token();
    // Another request has renewed it while this one was under way.
    if (current !== null && current !== dead) return Promise.resolve(current);
    this.renewing ??= this.ports
      .renewToken()
      .catch(() => null)
      .finally(() => {
        this.renewing = null;
      });
    return this.renewing;
  }

  private async answered(sending: Promise<HttpResponse>): Promise<HttpResponse> {
    try {
      return await sending;
    } catch (cause) {
      if (!(cause instanceof TransportError)) throw cause;
      if (!this.ports.isOnline()) throw clientError('NETWORK.OFFLINE');
      throw clientError(cause.kind === 'TIMEOUT' ? 'NETWORK.TIMEOUT' : 'NETWORK.FAILED');
    }
  }

  private url(path: string, query: Query = {}): string {
    const pairs = Object.entries(query).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${encodeURIComponent(String(value))}`],
    );
    return `${this.ports.origin}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
  }
}

function bearer(token: string | null): Record<string, string> {
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}

function read<T>(response: HttpResponse): T {
  if (response.status >= 200 && response.status < 300) return response.body as T;
  throw refusalError(response.status, response.body);
}
