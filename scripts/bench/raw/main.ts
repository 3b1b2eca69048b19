/**
 * The raw server: what the operations cost with node:http and mysql2 alone. Same statements, same round trips, same
 * session check as the real one.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { ballot, fees, type RawContext, statement } from './answers.ts';
import { RawDatabase } from './database.ts';
import { RawSessions } from './sessions.ts';

const { env } = process;
const database = new RawDatabase(env['DATABASE_URL'] ?? '', Number(env['POOL_SIZE']));
const sessions = new RawSessions(database);
const fieldKey = Buffer.from(env['LINLI_FIELD_KEY'] ?? '', 'base64');
const urlKey = Buffer.from(env['LINLI_URL_KEY'] ?? '', 'base64');

async function answer(request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://raw');
  if (url.pathname === '/api/health') return { status: 'ok' };
  const caller = await sessions.find(request.headers.authorization ?? '');
  if (caller === null) return null;
  const context: RawContext = { database, caller, fieldKey, urlKey };
  if (url.pathname === '/api/me/bills')
    return fees(context, url.searchParams.get('estateId') ?? '', Number(url.searchParams.get('limit')));
  const [, , , estateId = '', feature, part = '', id = ''] = url.pathname.split('/');
  if (!caller.grants.some(({ estate_id }) => estate_id === estateId)) return null;
  if (feature === 'income') return statement(context, estateId, id);
  const body = JSON.parse(await bodyOf(request)) as Parameters<typeof ballot>[3];
  return ballot(context, estateId, part, body, String(request.headers['idempotency-key']));
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
