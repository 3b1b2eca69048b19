/**
 * The raw server: what the operations cost with node:http and mysql2 alone. Same statements, same round trips, same
 * session check as the real one.
 */
import { createSecretKey } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { ballot } from './ballot.ts';
import { callback, readMerchant } from './callback.ts';
import { complaint } from './complaint.ts';
import type { RawContext } from './context.ts';
import { RawDatabase } from './database.ts';
import { signingKey } from './promise.ts';
import { fees, home, statement } from './reads.ts';
import { RawSessions } from './sessions.ts';

const { env } = process;
const database = new RawDatabase(env['DATABASE_URL'] ?? '', Number(env['POOL_SIZE']));
const sessions = new RawSessions(database);
const keyOf = (name: string) => createSecretKey(env[name] ?? '', 'base64');
const keys = {
  fieldKey: keyOf('LINLI_FIELD_KEY'),
  urlKey: keyOf('LINLI_URL_KEY'),
  indexKey: keyOf('LINLI_INDEX_KEY'),
  logKey: signingKey(Buffer.from(env['LINLI_LOG_KEY'] ?? '', 'base64')),
};
const merchant = readMerchant(env['WECHAT_CONFIG'] ?? '');

async function answer(request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://raw');
  if (url.pathname === '/api/health') return { status: 'ok' };
  if (url.pathname === '/api/callbacks/wechat-pay') {
    const genuine = await callback(database, keys.fieldKey, merchant, request.headers, await bodyOf(request));
    return genuine ? {} : null;
  }
  const caller = await sessions.find(request.headers.authorization ?? '');
  if (caller === null) return null;
  const [, , , inPath = '', feature, part = '', id = ''] = url.pathname.split('/');
  const estateId = url.searchParams.get('estateId') ?? inPath;
  if (!caller.grants.some(({ estate_id }) => estate_id === estateId)) return null;
  const context: RawContext = { database, caller, ...keys };
  if (url.pathname === '/api/me/home') return home(context, estateId);
  if (url.pathname === '/api/me/bills') return fees(context, estateId, Number(url.searchParams.get('limit')));
  if (feature === 'income') return statement(context, estateId, id);
  const body: unknown = JSON.parse(await bodyOf(request));
  const key = String(request.headers['idempotency-key']);
  if (feature === 'tickets')
    return complaint(context, estateId, body as Parameters<typeof complaint>[2], key);
  return ballot(context, estateId, part, body as Parameters<typeof ballot>[3], key);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const server = createServer((request, response) => {
  answer(request).then(
    (body) => {
      const text = Buffer.from(JSON.stringify(body));
      response.writeHead(body === null ? 404 : 200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': text.length,
      });
      response.end(text);
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(Number(env['PORT']), env['HOST']);
process.on('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => void database.end().then(() => process.exit(0)));
});
