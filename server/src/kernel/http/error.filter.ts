import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ErrorBody } from '@linli/shared/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isStorageFull, isUnreachable } from '../database/index.ts';
import { Refused, refuse, refuseBecause } from '../errors/refused.ts';
import { SheetRefused } from '../spreadsheet/index.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { API_HEADERS } from './api-replies.ts';

/** What the framework itself refuses, in our words. */
const FRAMEWORK_CODES = {
  400: 'REQUEST.MALFORMED',
  404: 'NOT_FOUND',
  405: 'NOT_FOUND',
  406: 'REQUEST.INVALID',
  411: 'REQUEST.MALFORMED',
  413: 'REQUEST.TOO_LARGE',
  414: 'REQUEST.TOO_LARGE',
  415: 'REQUEST.MEDIA_TYPE',
  503: 'SERVER.BUSY',
} satisfies Readonly<Record<number, ErrorCode>>;

/** Every refusal leaves the server through here: `{code, message, fields, traceId}` with its status. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refused = asRefused(error);
    // A fault of ours: the trace id joins the resident's screen to this line. Never the request body.
    if (refused.refusal.status >= 500)
      this.log.error(`${request.id} ${request.method} ${request.routeOptions.url ?? '-'} ${describe(error)}`);
    answerRefused(refused, request, reply);
  }
}

/** An address that cannot be read, or has too long a part, ends before any route and its filter. */
export function refuseAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  answerRefused(asRefused(error), request, reply.headers(API_HEADERS));
}

function answerRefused({ refusal }: Refused, request: FastifyRequest, reply: FastifyReply): void {
  const { code, status, message, fields } = refusal;
  const body: ErrorBody = { code, message, fields, traceId: String(request.id) };
  // The handler may have promised something else, a picture say.
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  void reply.status(status).headers(headers).send(body);
}

function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof SheetRefused) return refuseBecause(error.code, error.message);
  if (isUnreachable(error)) return refuse('DATABASE.UNREACHABLE');
  if (isStorageFull(error)) return refuse('STORAGE.FULL');
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  return refuse(FRAMEWORK_CODES[status as keyof typeof FRAMEWORK_CODES] ?? 'SERVER.FAULT');
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
