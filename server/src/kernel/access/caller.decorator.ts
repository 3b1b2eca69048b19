import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { CallerRequest } from './access.guard.ts';

/** The signed-in caller as a handler's argument. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { caller } = context.switchToHttp().getRequest<CallerRequest>();
  if (caller === undefined) throw new Error('CurrentCaller on a route that lets nobody in by name');
  return caller;
});
