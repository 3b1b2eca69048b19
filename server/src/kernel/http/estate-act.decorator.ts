import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { callerOf, type Caller, type CallerRequest } from '../access/index.ts';
import { actionKeyOf } from './action-key.decorator.ts';
import { idOf } from './id-param.ts';

/** Who does something with which thing of an estate; one tap has one key. */
export interface EstateAct {
  readonly caller: Caller;
  readonly estateId: string;
  readonly id: string;
  readonly key: string;
}

/** The act behind a request to `estates/:estateId/…/:id/…`. */
export const CurrentAct = createParamDecorator(readEstateAct);

export function readEstateAct(_: unknown, context: ExecutionContext): EstateAct {
  const request = context.switchToHttp().getRequest<CallerRequest>();
  const { estateId, id } = request.params as Readonly<Record<string, string | undefined>>;
  return {
    caller: callerOf(request),
    estateId: idOf(estateId),
    id: idOf(id),
    key: actionKeyOf(request),
  };
}
