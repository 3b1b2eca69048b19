import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { CallerRequest } from './access.guard.ts';
import type { Caller } from './caller.ts';

/** The signed-in caller as a handler's argument. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<CallerRequest>()),
);

export function callerOf({ caller }: CallerRequest): Caller {
  if (caller === undefined) throw new Error('A caller is asked for on a route that lets nobody in by name');
  return caller;
}
