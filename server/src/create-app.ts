import { existsSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppModule, type AppParts } from './app.module.ts';
import type { Environment } from './config/environment.ts';
import type { Database } from './kernel/database/index.ts';
import { UPLOAD_LIMITS } from './kernel/files/upload-limits.ts';
import { refuseAddress } from './kernel/http/error.filter.ts';
import { settleReplies, traceIds } from './kernel/http/api-replies.ts';
import { logLevels } from './kernel/http/log-levels.ts';

const MAX_BODY_BYTES = 512 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
/** Names a file, as opposed to a page of the app. */
const FILE_ADDRESS = /\.[a-z0-9]+$/i;

/** The whole server, not yet listening. */
export async function createApp(
  environment: Environment,
  database: Database,
  parts: AppParts = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: environment.trustProxy,
    genReqId: traceIds(),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: refuseAddress,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(environment, database, parts),
    adapter,
    { logger: logLevels(environment.logLevel), rawBody: true, abortOnError: false },
  );
  app.setGlobalPrefix('api');
  app.enableShutdownHooks([]);
  await app.register(multipart, { limits: UPLOAD_LIMITS, throwFileSizeLimit: false });
  settleReplies(app);
  if (environment.h5Dir !== null && existsSync(environment.h5Dir))
    await serveH5(app, environment.h5Dir, environment.production);
  await app.init();
  return app;
}

/** The built H5 app: files with a hash in their name may be kept for ever, the entry page never. */
async function serveH5(app: NestFastifyApplication, folder: string, production: boolean): Promise<void> {
  // In a scope of its own, so that the API's answers do without what only a page needs.
  await app.register(async (pages: FastifyInstance) => {
    await pages.register(helmet, { contentSecurityPolicy: { directives: pageDirectives(production) } });
    await pages.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: ['index.html'],
      preCompressed: true,
      setHeaders: (reply, path) => {
        const forever = /\.[0-9a-f]{8,}\.|\/(js|css|chunk|static)\//.test(path);
        reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    if (existsSync(join(folder, 'index.html'))) pages.get('/*', answerEntry);
  });
}

const pageDirectives = (production: boolean) => ({
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  // Taro writes its styles inline.
  styleSrc: ["'self'", "'unsafe-inline'"],
  scriptSrc: ["'self'"],
  // blob: a chosen photo or spreadsheet is read back from its local address before it is sent.
  connectSrc: ["'self'", 'blob:'],
  frameAncestors: ["'self'"],
  upgradeInsecureRequests: production ? [] : null,
});

function answerEntry(request: FastifyRequest, reply: FastifyReply) {
  // A script or picture of an older build is gone; answering the page in its place would only hide that.
  if (request.url.startsWith('/api/') || FILE_ADDRESS.test(request.url.split('?', 1)[0] ?? ''))
    return reply.callNotFound();
  return reply.header('cache-control', 'no-cache').sendFile('index.html');
}
