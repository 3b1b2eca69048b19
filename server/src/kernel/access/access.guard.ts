import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { refuse } from '../errors/refused.ts';
import { ACCESS_RULE, type AccessRule } from './access.ts';
import type { Caller } from './caller.ts';

/** Turns a bearer token into a caller. The identity feature provides it; null means signed out. */
export abstract class Sessions {
  /** The caller whom this token was looked up for a moment ago; undefined: ask the database. */
  abstract known(token: string): Caller | undefined;
  abstract find(token: string): Promise<Caller | null>;
}

export interface CallerRequest extends FastifyRequest {
  caller?: Caller;
}

const BEARER = /^Bearer ([A-Za-z0-9_-]{43})$/;

/** The one place where a route is allowed. Deny by default. */
@Injectable()
export class AccessGuard implements CanActivate {
  /** A handler's rule never changes; asking its metadata on each request costs more than the check. */
  private readonly rules = new WeakMap<object, AccessRule>();

  constructor(@Inject(Sessions) private readonly sessions: Sessions) {}

  /** Most callers are known already: for them nothing is awaited. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const rule = this.ruleOf(context.getHandler());
    if (rule.kind === 'PUBLIC') return true;
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw refuse('AUTH.REQUIRED');
    const known = this.sessions.known(token);
    if (known !== undefined) return admit(rule, known, request);
    return this.sessions.find(token).then((caller) => admit(rule, caller, request));
  }

  private ruleOf(handler: object): AccessRule {
    const known = this.rules.get(handler);
    if (known !== undefined) return known;
    const rule = Reflect.getMetadata(ACCESS_RULE, handler) as AccessRule | undefined;
    if (rule === undefined) throw refuse('ACCESS.DENIED');
    this.rules.set(handler, rule);
    return rule;
  }
}

function admit(rule: AccessRule, caller: Caller | null, request: CallerRequest): true {
  if (caller === null) throw refuse('AUTH.REQUIRED');
  if (!allows(rule, caller, estateOf(request))) throw refuse('ACCESS.DENIED');
  request.caller = caller;
  return true;
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
