import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.ts';
import type { Environment } from './config/environment.ts';
import type { Database } from './kernel/database/index.ts';
import { UPLOAD_LIMITS } from './kernel/files/upload-limits.ts';
import type { KernelParts } from './kernel/kernel.module.ts';
import { logLevels } from './kernel/http/log-levels.ts';

const MAX_BODY_BYTES = 512 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
/** Names a file, as opposed to a page of the app. */
const FILE_ADDRESS = /\.[a-z0-9]+$/i;

/** The whole server, not yet listening. */
export async function createApp(
  environment: Environment,
  database: Database,
  parts: KernelParts = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: environment.trustProxy,
    // Sixteen characters that a resident can read out to support; never taken from the client.
    genReqId: () => randomBytes(10).toString('base64url'),
    routerOptions: { maxParamLength: 200 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(environment, database, parts),
    adapter,
    { logger: logLevels(environment.logLevel), rawBody: true, abortOnError: false },
  );
  app.setGlobalPrefix('api');
  app.enableShutdownHooks([]);
  await app.register(multipart, { limits: UPLOAD_LIMITS, throwFileSizeLimit: false });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        // Taro writes its styles inline.
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'"],
        // blob: a chosen photo or spreadsheet is read back from its local address before it is sent.
        connectSrc: ["'self'", 'blob:'],
        frameAncestors: ["'self'"],
        upgradeInsecureRequests: environment.production ? [] : null,
      },
    },
  });
  if (environment.h5Dir !== null && existsSync(environment.h5Dir)) await serveH5(app, environment.h5Dir);
  await app.init();
  return app;
}

/** The built H5 app: files with a hash in their name may be kept for ever, the entry page never. */
async function serveH5(app: NestFastifyApplication, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: ['index.html'],
    preCompressed: true,
    setHeaders: (reply, path) => {
      const forever = /\.[0-9a-f]{8,}\.|\/(js|css|chunk|static)\//.test(path);
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const entry = existsSync(join(folder, 'index.html'));
  const fastify = app.getHttpAdapter().getInstance();
  if (!entry) return;
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    // A script or picture of an older build is gone; answering the page in its place would only hide that.
    if (request.url.startsWith('/api/') || FILE_ADDRESS.test(request.url.split('?', 1)[0] ?? ''))
      return reply.callNotFound();
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
