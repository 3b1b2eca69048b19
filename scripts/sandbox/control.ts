/**
 * The control API under /sandbox, from this machine only: look at everything, make things go wrong, move the
 * clock, act as the phone. README.md beside this file lists the calls.
 */
import type { Agenda } from './agenda.ts';
import { sendAgain } from './delivery/callbacks.ts';
import { issueCode } from './mini-program/codes.ts';
import type { Sandbox } from './context.ts';
import { readFaultRule } from './faults.ts';
import { dispatch, isFromLoopback, jsonReply, type Reply, type Request, type Route } from './http.ts';
import { asObject, flagOf, integerOf, parseObject, textOf, type Json } from './json.ts';
import { isOpenid } from './pay/order-request.ts';
import { answerSubscribeRequest } from './mini-program/subscribe-messages.ts';
import { requestPayment } from './pay/wx-payment.ts';

export type ControlContext = { readonly sandbox: Sandbox; readonly agenda: Agenda };

const done = (value: object = {}): Reply => jsonReply(200, value);
const wrong = (message: string): Reply => jsonReply(400, { error: message });

const bodyOf = (request: Request): Json => parseObject(request.body) ?? {};

function listing<Table extends 'orders' | 'refunds' | 'deliveries' | 'messages' | 'consents' | 'checks'>(
  path: string,
  table: Table,
): Route<ControlContext> {
  return {
    method: 'GET',
    path,
    handle: ({ sandbox }) => done({ items: sandbox.store.all(table) }),
  };
}

async function pay({ sandbox, agenda }: ControlContext, request: Request): Promise<Reply> {
  const json = bodyOf(request);
  const result = requestPayment(sandbox, json);
  // Tests need no waiting: with this, the answer comes when the callback has been answered.
  if (flagOf(json, 'waitForCallback')) await agenda.settle();
  return done(result);
}

function issue({ sandbox }: ControlContext, request: Request): Reply {
  const json = bodyOf(request);
  const seed = textOf(json, 'seed');
  const phone = textOf(json, 'phone');
  if (seed) return done({ code: issueCode(sandbox, 'demo', seed) });
  if (phone) return done({ code: issueCode(sandbox, 'phone', phone) });
  return wrong('say {seed} for wx.login or {phone} for the phone number button');
}

function subscribe({ sandbox }: ControlContext, request: Request): Reply {
  const json = bodyOf(request);
  const openid = textOf(json, 'openid');
  const given = json['tmplIds'];
  const templateIds = Array.isArray(given) ? given.filter((id) => typeof id === 'string') : [];
  if (!isOpenid(openid)) return wrong('openid is missing or not an openid');
  return done(answerSubscribeRequest(sandbox, openid, templateIds, json['accept'] !== false));
}

function addFault({ sandbox }: ControlContext, request: Request): Reply {
  const json = bodyOf(request);
  const rule = readFaultRule(json);
  const times = integerOf(json, 'times') ?? 1;
  if (!rule || times < 1) return wrong('this fault makes no sense; see scripts/sandbox/README.md');
  return done(sandbox.faults.add(rule, times));
}

async function resend({ sandbox, agenda }: ControlContext, request: Request): Promise<Reply> {
  const subject = textOf(bodyOf(request), 'subject');
  const deliveries = sandbox.store.all('deliveries').filter((delivery) => delivery.subject === subject);
  for (const delivery of deliveries) sendAgain(sandbox, delivery);
  await agenda.settle();
  return deliveries.length > 0 ? done({ sent: deliveries.length }) : wrong('nothing was sent about that');
}

/** `{hold: instant}`, `{advanceMs}` or `{release: true}`; the reply tells the time. */
async function setClock({ sandbox, agenda }: ControlContext, request: Request): Promise<Reply> {
  const json = bodyOf(request);
  const hold = integerOf(json, 'hold');
  const advanceMs = integerOf(json, 'advanceMs');
  if (flagOf(json, 'release')) sandbox.clock.release();
  if (hold !== null) sandbox.clock.hold(hold);
  if (advanceMs !== null && advanceMs >= 0) await agenda.advance(advanceMs);
  agenda.wake();
  return done({ now: sandbox.clock.now(), manual: sandbox.clock.isManual() });
}

function changeSettings({ sandbox }: ControlContext, request: Request): Reply {
  const json = bodyOf(request);
  const { settings } = sandbox;
  const scale = json['retryScale'];
  if (typeof scale === 'number' && scale >= 0) settings.retryScale = scale;
  settings.refundTakesMs = integerOf(json, 'refundTakesMs') ?? settings.refundTakesMs;
  settings.callbackTimeoutMs = integerOf(json, 'callbackTimeoutMs') ?? settings.callbackTimeoutMs;
  const pushUrl = textOf(json, 'pushUrl');
  if (pushUrl !== null) settings.pushUrl = pushUrl === '' ? null : pushUrl;
  const pushMode = textOf(json, 'pushMode');
  if (pushMode === 'plain' || pushMode === 'encrypted') settings.pushMode = pushMode;
  const signer = textOf(json, 'signCallbacksWith');
  if (signer === 'public-key' || signer === 'certificate') settings.signCallbacksWith = signer;
  return done(settings);
}

function reset({ sandbox }: ControlContext): Reply {
  sandbox.store.reset();
  sandbox.faults.clear();
  sandbox.clock.release();
  return done();
}

const CONTROL_ROUTES: readonly Route<ControlContext>[] = [
  {
    method: 'GET',
    path: '/sandbox/health',
    handle: ({ sandbox }) => done({ status: 'ok', origin: sandbox.origin, now: sandbox.clock.now() }),
  },
  listing('/sandbox/orders', 'orders'),
  {
    method: 'GET',
    path: '/sandbox/orders/{outTradeNo}',
    handle: ({ sandbox }, _request, { outTradeNo = '' }) => {
      const order = sandbox.store.get('orders', outTradeNo);
      return order ? done(order) : jsonReply(404, { error: 'no such order' });
    },
  },
  listing('/sandbox/refunds', 'refunds'),
  listing('/sandbox/callbacks', 'deliveries'),
  listing('/sandbox/messages', 'messages'),
  listing('/sandbox/consents', 'consents'),
  listing('/sandbox/content-checks', 'checks'),
  { method: 'POST', path: '/sandbox/pay', handle: pay },
  { method: 'POST', path: '/sandbox/codes', handle: issue },
  { method: 'POST', path: '/sandbox/subscribe', handle: subscribe },
  { method: 'GET', path: '/sandbox/faults', handle: ({ sandbox }) => done({ items: sandbox.faults.list() }) },
  { method: 'POST', path: '/sandbox/faults', handle: addFault },
  {
    method: 'DELETE',
    path: '/sandbox/faults',
    handle: ({ sandbox }) => {
      sandbox.faults.clear();
      return done();
    },
  },
  {
    method: 'POST',
    path: '/sandbox/callbacks/run',
    handle: async ({ sandbox, agenda }) => {
      await agenda.settle();
      return done({ items: sandbox.store.all('deliveries') });
    },
  },
  { method: 'POST', path: '/sandbox/callbacks/resend', handle: resend },
  { method: 'POST', path: '/sandbox/clock', handle: setClock },
  { method: 'POST', path: '/sandbox/settings', handle: changeSettings },
  { method: 'POST', path: '/sandbox/reset', handle: reset },
];

export async function answerControl(context: ControlContext, request: Request): Promise<Reply> {
  if (!isFromLoopback(request)) return jsonReply(403, { error: 'the control API answers this machine only' });
  const isUnreadable = request.body.length > 0 && asObject(parseObject(request.body)) === null;
  if (isUnreadable) return wrong('the body must be a JSON object');
  return (await dispatch(CONTROL_ROUTES, context, request)) ?? jsonReply(404, { error: 'no such call' });
}
