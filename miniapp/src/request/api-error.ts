import type { ErrorBody, FieldError } from '@linli/shared/errors';

/** What the phone itself finds out, with the sentence it shows; everything else has the server's own sentence. */
const CLIENT_ERRORS = {
  'NETWORK.OFFLINE': '手机现在没有网络，连上以后再试',
  'NETWORK.TIMEOUT': '等了很久没有回应，可能是网络不好，请再试一次',
  'NETWORK.FAILED': '连不上服务器，请检查网络后再试',
  'SERVER.UNREADABLE': '平台可能正在更新，请稍后再试',
} as const;
export type ClientErrorCode = keyof typeof CLIENT_ERRORS;

/** Every failed request, in one shape. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  /** 0 where no answer came. */
  readonly status: number;
  readonly fields: readonly FieldError[];
  /** What to tell support; empty where the request never reached the server. */
  readonly traceId: string;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.code = body.code;
    this.fields = body.fields;
    this.traceId = body.traceId;
  }

  /** Nobody knows whether the server did it: the same request, with the same key, may be sent again. */
  get uncertain(): boolean {
    return (
      this.status === 0 || this.status >= 500 || this.code === 'IDEMPOTENCY.IN_FLIGHT' || this.status === 429
    );
  }

  get offline(): boolean {
    return this.code === 'NETWORK.OFFLINE' || this.code === 'NETWORK.FAILED';
  }

  get signedOut(): boolean {
    return this.status === 401;
  }

  /** The sentence for one field: `error.field('phone')`. */
  field(path: string): string | undefined {
    return this.fields.find((field) => field.path === path)?.message;
  }
}

export function clientError(code: ClientErrorCode): ApiError {
  return new ApiError(0, { code, message: CLIENT_ERRORS[code], fields: [], traceId: '' });
}

/** The server's refusal as an error; what is not a refusal (a proxy's page) becomes one. */
export function refusalError(status: number, body: unknown): ApiError {
  if (isErrorBody(body)) return new ApiError(status, body);
  return new ApiError(status, {
    code: 'SERVER.UNREADABLE',
    message: CLIENT_ERRORS['SERVER.UNREADABLE'],
    fields: [],
    traceId: '',
  });
}

/** Whatever was thrown, as something a page can show. */
export function asApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  return new ApiError(-1, {
    code: 'APP.FAULT',
    message: '页面出了点问题，请返回后再试一次',
    fields: [],
    traceId: '',
  });
}

function isErrorBody(body: unknown): body is ErrorBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'message' in body &&
    typeof body.message === 'string' &&
    'fields' in body &&
    Array.isArray(body.fields) &&
    'traceId' in body &&
    typeof body.traceId === 'string'
  );
}
