import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { refuse } from '../errors/refused.ts';

/** What the header may look like; the API's description repeats it. */
export const ACTION_KEY = /^[A-Za-z0-9_-]{16,64}$/;

export function readActionKey(_: unknown, context: ExecutionContext): string {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (typeof header === 'string' && ACTION_KEY.test(header)) return header;
  throw refuse('IDEMPOTENCY.REQUIRED');
}

/** The `Idempotency-Key` header; required wherever a handler asks for it. */
export const ActionKey = createParamDecorator(readActionKey);
