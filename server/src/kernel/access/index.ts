export * from './access.ts';
export { AccessGuard, Sessions, allows, type CallerRequest } from './access.guard.ts';
export { COMMAND_LINE, Caller, type Grant } from './caller.ts';
export { CurrentCaller, callerOf } from './caller.decorator.ts';
export * from './roles.ts';
