/** Subscribe messages (订阅消息): one consent, one message. What was sent is kept to be looked at. */
import type { Sandbox } from '../context.ts';
import { asObject, textOf, type Json } from '../json.ts';
import { MiniProgramError } from './errors.ts';
import { isOpenid } from '../pay/order-request.ts';
import type { Consent, SubscribeMessage } from '../records.ts';

/** At most five templates are asked for in one `wx.requestSubscribeMessage`. */
const MOST_TEMPLATES = 5;
const TEMPLATE_ID = /^[0-9A-Za-z_-]{6,64}$/;

/** What each kind of keyword may hold; a keyword is its kind and a number, `thing1`. */
const KEYWORD_RULES: Readonly<Record<string, RegExp>> = {
  thing: /^[\s\S]{1,20}$/u,
  number: /^-?\d{1,32}(\.\d+)?$/,
  letter: /^[A-Za-z]{1,32}$/,
  symbol: /^[^\p{L}\p{N}\s]{1,5}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/,
  time: /^(\d{4}年\d{1,2}月\d{1,2}日 ?)?\d{1,2}:\d{2}|^\d{4}[-/]\d{1,2}[-/]\d{1,2} \d{1,2}:\d{2}(:\d{2})?$/,
  date: /^\d{4}年\d{1,2}月\d{1,2}日|^\d{4}[-/]\d{1,2}[-/]\d{1,2}/,
  amount: /^[¥￥]?-?\d{1,10}(\.\d{1,2})?元?$/,
  phone_number: /^[\d+\-() ]{1,17}$/,
  car_number: /^[0-9A-Z\p{Script=Han}·]{5,8}$/u,
  name: /^(\p{Script=Han}{1,10}|[A-Za-z ]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
  const: /^[\s\S]{1,20}$/u,
};

const consentId = (openid: string, templateId: string): string => `${openid} ${templateId}`;

function changeConsent(sandbox: Sandbox, consent: Consent): void {
  sandbox.store.put('consents', consentId(consent.openid, consent.templateId), consent);
}

/** What `wx.requestSubscribeMessage` would answer after the person chose; accepted ones count up. */
export function answerSubscribeRequest(
  sandbox: Sandbox,
  openid: string,
  templateIds: readonly string[],
  accept: boolean,
): object {
  if (templateIds.length === 0 || templateIds.length > MOST_TEMPLATES) {
    return { errMsg: 'requestSubscribeMessage:fail TmplIds count invalid', errCode: 20003 };
  }
  const answers = templateIds.map((templateId) => {
    const left = sandbox.store.get('consents', consentId(openid, templateId))?.left ?? 0;
    if (accept) changeConsent(sandbox, { openid, templateId, left: left + 1 });
    return [templateId, accept ? 'accept' : 'reject'] as const;
  });
  return { errMsg: 'requestSubscribeMessage:ok', ...Object.fromEntries(answers) };
}

function readData(json: Json | null): Readonly<Record<string, string>> {
  const entries = Object.entries(json ?? {});
  if (entries.length === 0) throw new MiniProgramError('BAD_TEMPLATE_DATA', 'data is empty');
  return Object.fromEntries(
    entries.map(([keyword, content]) => {
      const value = textOf(asObject(content), 'value');
      const rule = KEYWORD_RULES[keyword.replace(/\d+$/, '')];
      if (value === null || !rule?.test(value)) {
        throw new MiniProgramError('BAD_TEMPLATE_DATA', `data.${keyword}.value is invalid`);
      }
      return [keyword, value];
    }),
  );
}

/** POST /cgi-bin/message/subscribe/send */
export function sendSubscribeMessage(sandbox: Sandbox, json: Json): object {
  const openid = textOf(json, 'touser');
  if (!isOpenid(openid)) throw new MiniProgramError('INVALID_OPENID');
  const templateId = textOf(json, 'template_id');
  if (!templateId || !TEMPLATE_ID.test(templateId)) throw new MiniProgramError('INVALID_TEMPLATE');
  const data = readData(asObject(json['data']));
  const consent = sandbox.store.get('consents', consentId(openid, templateId));
  if (!consent || consent.left < 1) throw new MiniProgramError('REFUSED_BY_USER');

  changeConsent(sandbox, { ...consent, left: consent.left - 1 });
  const number = sandbox.store.nextNumber('messages');
  const message: SubscribeMessage = {
    id: String(number),
    sentAt: sandbox.clock.now(),
    openid,
    templateId,
    page: textOf(json, 'page'),
    data,
  };
  sandbox.store.put('messages', message.id, message);
  return { errcode: 0, errmsg: 'ok', msgid: number };
}
