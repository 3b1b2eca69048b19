import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** What an answer of the API needs in a browser; the app's pages carry a page's whole set (helmet). */
export const API_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
} as const;

/** How every answer leaves the server, unless a route says otherwise. */
export function settleReplies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/api/')) reply.headers(API_HEADERS);
    done();
  });
}

/**
 * Names requests: sixteen characters that a resident can read out to support, never taken from the client. A random
 * part for this process, so that no two replicas meet, and a number.
 */
export function traceIds(): () => string {
  const process = randomBytes(6).toString('base64url');
  let serial = 0;
  return () => {
    serial += 1;
    return process + serial.toString(36).padStart(8, '0');
  };
}
