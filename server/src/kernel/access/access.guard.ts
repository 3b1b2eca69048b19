import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { refuse } from '../errors/refused.ts';
import { ACCESS_RULE, type AccessRule } from './access.ts';
import type { Caller } from './caller.ts';

/** Turns a bearer token into a caller. The identity feature provides it; null means signed out. */
export abstract class Sessions {
  abstract find(token: string): Promise<Caller | null>;
}

export interface CallerRequest extends FastifyRequest {
  caller?: Caller;
}

const BEARER = /^Bearer ([A-Za-z0-9_-]{43})$/;

/** The one place where a route is allowed. Deny by default. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_RULE, context.getHandler());
    const request = context.switchToHttp().getRequest<CallerRequest>();
    if (rule === undefined) throw refuse('ACCESS.DENIED');
    if (rule.kind === 'PUBLIC') return true;
    const caller = await this.callerOf(request);
    if (caller === null) throw refuse('AUTH.REQUIRED');
    if (!allows(rule, caller, estateOf(request))) throw refuse('ACCESS.DENIED');
    request.caller = caller;
    return true;
  }

  private async callerOf(request: CallerRequest): Promise<Caller | null> {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    return token === undefined ? null : this.sessions.find(token);
  }
}

function estateOf(request: CallerRequest): string | undefined {
  return (request.params as Record<string, string | undefined>)['estateId'];
}

/** Pure: whether the rule lets this caller in. */
export function allows(rule: AccessRule, caller: Caller, estateId: string | undefined): boolean {
  switch (rule.kind) {
    case 'PUBLIC':
    case 'SIGNED_IN':
      return true;
    case 'OPERATOR':
      return caller.operator;
    case 'SOMEWHERE':
      return caller.grants.some(({ role }) => rule.roles.includes(role));
    case 'ESTATE':
      return estateId !== undefined && caller.has(estateId, rule.roles);
  }
}
