import { beforeEach, describe, expect, test } from '@jest/globals';
import { type HttpRequest, type HttpResponse, TransportError } from '../src/platform';
import { ApiClient, ApiError } from '../src/request';

/** The token that the server accepts, what was sent, and who was asked to sign in again. */
let good: string;
let token: string | null;
let sent: HttpRequest[];
let signIns: number;
let signedOut: number;
let online: boolean;
let renew: () => Promise<string | null>;
let respond: (request: HttpRequest) => Promise<HttpResponse>;

function client(): ApiClient {
  let keys = 0;
  return new ApiClient({
    origin: 'https://linli.example',
    send: (request) => {
      sent.push(request);
      return respond(request);
    },
    sendFile: ({ url, headers }) => Promise.resolve({ status: 200, body: { url, headers } }),
    isOnline: () => online,
    newKey: () => {
      keys += 1;
      return `key-${keys}`;
    },
    token: () => token,
    renewToken: () => {
      signIns += 1;
      return renew();
    },
    onSignedOut: () => {
      signedOut += 1;
      token = null;
    },
  });
}

const expired = { code: 'AUTH.REQUIRED', message: '登录已过期，请重新登录', fields: [], traceId: 't1' };

beforeEach(() => {
  good = 'good';
  token = 'good';
  sent = [];
  signIns = 0;
  signedOut = 0;
  online = true;
  renew = () => {
    token = good;
    return Promise.resolve(good);
  };
  respond = ({ headers }) =>
    Promise.resolve(
      headers['Authorization'] === `Bearer ${good}`
        ? { status: 200, body: { fine: true } }
        : { status: 401, body: expired },
    );
});

async function failure(request: Promise<unknown>): Promise<ApiError> {
  const cause = await request.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(cause instanceof ApiError)) throw new Error('it did not fail');
  return cause;
}

describe('a token that has died', () => {
  beforeEach(() => {
    token = 'dead';
  });

  test('five requests at once sign in once, and all get their answer', async () => {
    const api = client();
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => api.get(`/api/thing/${n}`)));
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ fine: true })));
    expect(signIns).toBe(1);
    expect(sent).toHaveLength(10);
  });

  test('a complaint that met it is sent again with the same key', async () => {
    await client().post('/api/tickets', { title: '消防通道被堵' }, { idempotencyKey: 'the-complaint' });
    expect(sent.map(({ headers }) => headers['Idempotency-Key'])).toEqual(['the-complaint', 'the-complaint']);
    expect(sent.map(({ headers }) => headers['Authorization'])).toEqual(['Bearer dead', 'Bearer good']);
  });

  test('where nobody can sign in quietly, the person is signed out and the error is the server’s own', async () => {
    renew = () => Promise.resolve(null);
    const error = await failure(client().get('/api/me/home'));
    expect(error.message).toBe('登录已过期，请重新登录');
    expect(error.signedOut).toBe(true);
    expect(signedOut).toBe(1);
  });

  test('a sign-in that breaks is not waited for by the next request', async () => {
    renew = () => Promise.reject(new Error('WeChat is away'));
    const api = client();
    await failure(api.get('/api/me/home'));
    renew = () => {
      token = good;
      return Promise.resolve(good);
    };
    token = 'dead';
    expect(await api.get('/api/me/home')).toEqual({ fine: true });
  });

  test('an answer that comes late, after another request has renewed it, does not sign in again', async () => {
    const api = client();
    const honest = respond;
    respond = async (request) => {
      const answer = await honest(request);
      // While this one was under way the token was renewed.
      token = good;
      return answer;
    };
    expect(await api.get('/api/me/home')).toEqual({ fine: true });
    expect(signIns).toBe(0);
  });
});

describe('sign-in itself', () => {
  test('goes without the old token, and a 401 is its answer', async () => {
    token = 'dead';
    const error = await failure(
      client().post('/api/auth/sms/verify', { code: '000000' }, { anonymous: true }),
    );
    expect(error.status).toBe(401);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers['Authorization']).toBeUndefined();
    expect(signIns).toBe(0);
    expect(signedOut).toBe(0);
  });
});

describe('no answer', () => {
  test('with the phone offline it says that there is no network', async () => {
    online = false;
    respond = () => Promise.reject(new TransportError('FAILED'));
    const error = await failure(client().get('/api/me'));
    expect(error.code).toBe('NETWORK.OFFLINE');
    expect(error.uncertain).toBe(true);
  });

  test('with the phone online it says that the server cannot be reached', async () => {
    respond = () => Promise.reject(new TransportError('FAILED'));
    expect((await failure(client().get('/api/me'))).code).toBe('NETWORK.FAILED');
  });

  test('after the time limit it says that it took too long', async () => {
    respond = () => Promise.reject(new TransportError('TIMEOUT'));
    expect((await failure(client().get('/api/me'))).code).toBe('NETWORK.TIMEOUT');
  });
});

describe('a refusal', () => {
  test('keeps the code, the sentence, the fields and the trace', async () => {
    respond = () =>
      Promise.resolve({
        status: 400,
        body: {
          code: 'REQUEST.INVALID',
          message: '有内容填得不对',
          fields: [{ path: 'title', code: 'FIELD.REQUIRED', message: '这一项必须填写' }],
          traceId: '01ABC',
        },
      });
    const error = await failure(client().post('/api/tickets', {}));
    expect(error.field('title')).toBe('这一项必须填写');
    expect(error.traceId).toBe('01ABC');
    expect(error.uncertain).toBe(false);
  });

  test('from a proxy, in HTML, becomes a sentence a resident can read', async () => {
    respond = () => Promise.resolve({ status: 502, body: '<html>Bad Gateway</html>' });
    const error = await failure(client().get('/api/me'));
    expect(error.code).toBe('SERVER.UNREADABLE');
    expect(error.uncertain).toBe(true);
  });
});

describe('what is sent', () => {
  test('queries are encoded and leave out what is not known', async () => {
    await client().get('/api/units', { q: '3号楼 & 5', after: undefined, limit: 20 });
    expect(sent[0]?.url).toBe(
      `https://linli.example/api/units?q=${encodeURIComponent('3号楼 & 5')}&limit=20`,
    );
  });

  test('two complaints have two keys', async () => {
    const api = client();
    await api.post('/api/tickets', {});
    await api.post('/api/tickets', {});
    expect(sent.map(({ headers }) => headers['Idempotency-Key'])).toEqual(['key-1', 'key-2']);
  });

  test('an upload carries the token and a key', async () => {
    const answer = await client().upload<{ headers: Record<string, string> }>('/api/files', 'blob:1');
    expect(answer.headers).toEqual({ Authorization: 'Bearer good', 'Idempotency-Key': 'key-1' });
  });
});
