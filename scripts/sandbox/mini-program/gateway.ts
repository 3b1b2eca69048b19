/** api.weixin.qq.com: the server calls of a mini-program. */
import { setTimeout as pause } from 'node:timers/promises';

import { plainToken, requireToken, stableToken } from './access-tokens.ts';
import { checkMedia, checkText } from './content-check.ts';
import type { Sandbox } from '../context.ts';
import { CUT, dispatch, jsonReply, type Answer, type Reply, type Request, type Route } from '../http.ts';
import { parseObject, type Json } from '../json.ts';
import { MiniProgramError } from './errors.ts';
import { codeToSession, phoneNumber } from './sign-in.ts';
import { sendSubscribeMessage } from './subscribe-messages.ts';

function bodyOf(request: Request): Json {
  const json = parseObject(request.body);
  if (!json) throw new MiniProgramError('BAD_JSON');
  return json;
}

/** A route that needs the access token. */
function withToken(
  path: string,
  handle: (sandbox: Sandbox, json: Json) => object | Promise<object>,
): Route<Sandbox> {
  return {
    method: 'POST',
    path,
    handle: async (sandbox, request) => {
      requireToken(sandbox, request.query);
      return jsonReply(200, await handle(sandbox, bodyOf(request)));
    },
  };
}

const MINI_PROGRAM_ROUTES: readonly Route<Sandbox>[] = [
  {
    method: 'GET',
    path: '/sns/jscode2session',
    handle: (sandbox, request) => jsonReply(200, codeToSession(sandbox, request.query)),
  },
  {
    method: 'GET',
    path: '/cgi-bin/token',
    handle: (sandbox, request) => jsonReply(200, plainToken(sandbox, request.query)),
  },
  {
    method: 'POST',
    path: '/cgi-bin/stable_token',
    handle: (sandbox, request) => jsonReply(200, stableToken(sandbox, bodyOf(request))),
  },
  withToken('/wxa/business/getuserphonenumber', phoneNumber),
  withToken('/cgi-bin/message/subscribe/send', sendSubscribeMessage),
  withToken('/wxa/msg_sec_check', checkText),
  withToken('/wxa/media_check_async', checkMedia),
];

async function reply(sandbox: Sandbox, request: Request): Promise<Reply> {
  try {
    const answered = await dispatch(MINI_PROGRAM_ROUTES, sandbox, request);
    return answered ?? jsonReply(404, { errcode: 40066, errmsg: 'invalid url' });
  } catch (error) {
    if (error instanceof MiniProgramError) return jsonReply(200, error.body());
    throw error;
  }
}

export async function answerMiniProgram(sandbox: Sandbox, request: Request): Promise<Answer> {
  const fault = sandbox.faults.takeForReply(request.method, request.path);
  if (fault?.kind === 'unreachable') return CUT;
  if (fault?.kind === 'refuse') {
    // Here the code is a number: -1 is "busy, try again".
    return jsonReply(200, { errcode: Number(fault.code) || -1, errmsg: fault.message });
  }
  const answered = await reply(sandbox, request);
  if (fault?.kind === 'slow-reply') await pause(fault.ms);
  return fault?.kind === 'lose-reply' ? CUT : answered;
}
