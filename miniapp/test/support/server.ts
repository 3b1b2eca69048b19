import { ApiError } from '../../src/request';

/** A server for tests, in place of the browser's XMLHttpRequest: what it was asked, and what it answers. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type Answer = { readonly status: number; readonly body: unknown } | 'NO NETWORK' | 'TIMEOUT';
type Handler = (asked: Asked) => Answer | Promise<Answer>;

export const ok = (body: unknown): Answer => ({ status: 200, body });

export function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { code, message, fields: [], traceId: '01TRACE' } };
}

/** The same as an error of the client. */
export function refusalOf(status: number, code: string): ApiError {
  return new ApiError(status, { code, message: '不行', fields: [], traceId: '01TRACE' });
}

export class TestServer {
  readonly asked: Asked[] = [];
  private readonly handlers = new Map<string, Handler>();

  /** `on('GET /api/me', () => ok(…))`; the last one said counts. */
  on(route: string, handler: Handler): this {
    this.handlers.set(route, handler);
    return this;
  }

  requests(route: string): readonly Asked[] {
    return this.asked.filter(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}` === route);
  }

  async answer(asked: Asked): Promise<Answer> {
    this.asked.push(asked);
    const handler = this.handlers.get(`${asked.method} ${asked.path.replace(/\?.*/, '')}`);
    return handler === undefined ? refusal(404, 'NOT_FOUND', '没有找到') : handler(asked);
  }

  /** From now on the browser's requests come here. */
  install(): this {
    Object.assign(globalThis, { XMLHttpRequest: requestClass((asked) => this.answer(asked)) });
    return this;
  }
}

/** As much of XMLHttpRequest as the app uses. */
function requestClass(answerTo: (asked: Asked) => Promise<Answer>) {
  return class TestRequest extends EventTarget {
    readonly upload = new EventTarget();
    timeout = 0;
    status = 0;
    responseText = '';
    private method = '';
    private path = '';
    private readonly headers: Record<string, string> = {};

    open(method: string, path: string): void {
      this.method = method;
      this.path = path;
    }

    setRequestHeader(name: string, value: string): void {
      this.headers[name] = value;
    }

    send(text: string | null): void {
      const body: unknown = typeof text === 'string' ? JSON.parse(text) : text;
      const asked = { method: this.method, path: this.path, headers: this.headers, body };
      void answerTo(asked).then((answer) => {
        if (answer === 'NO NETWORK' || answer === 'TIMEOUT') {
          this.dispatchEvent(new Event(answer === 'TIMEOUT' ? 'timeout' : 'error'));
          return;
        }
        this.status = answer.status;
        this.responseText = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
        this.dispatchEvent(new Event('load'));
      });
    }
  };
}
