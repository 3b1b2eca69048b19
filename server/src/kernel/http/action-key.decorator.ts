import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { refuse } from '../errors/refused.ts';

/** What the header may look like; the API's description repeats it. */
export const ACTION_KEY = /^[A-Za-z0-9_-]{16,64}$/;

/** The `Idempotency-Key` header; required wherever a handler asks for it. */
export const ActionKey = createParamDecorator(readActionKey);

export function readActionKey(_: unknown, context: ExecutionContext): string {
  return actionKeyOf(context.switchToHttp().getRequest<FastifyRequest>());
}

export function actionKeyOf(request: FastifyRequest): string {
  const header = request.headers['idempotency-key'];
  if (typeof header === 'string' && ACTION_KEY.test(header)) return header;
  throw refuse('IDEMPOTENCY.REQUIRED');
}
