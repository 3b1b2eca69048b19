/**
 * Content safety. Text is judged at once by test words; a picture is judged by what the control API says
 * (it passes otherwise), and the verdict is pushed as an event, as WeChat does within half an hour.
 */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

import { enqueue } from '../delivery/callbacks.ts';
import type { Sandbox } from '../context.ts';
import { isLoopbackUrl } from '../http.ts';
import { integerOf, textOf, type Json } from '../json.ts';
import { MiniProgramError } from './errors.ts';
import { isOpenid } from '../pay/order-request.ts';
import type { ContentCheck } from '../records.ts';
import { HOUR, epochSeconds } from '../shanghai-time.ts';
import { sha256 } from '../signatures.ts';

const MOST_CHARACTERS = 2_500;
/** Only for people who have used the mini-program within this time. */
const ACTIVE_MS = 2 * HOUR;
const PASS_LABEL = 100;
const DOWNLOAD_FAILED = -1008;
const DOWNLOAD_PATIENCE_MS = 5_000;

type Verdict = Pick<ContentCheck, 'suggest' | 'label'>;

/** What a text must contain to be judged: ordinary words are never caught by accident. */
const TEST_WORDS: Readonly<Record<string, Verdict>> = {
  测试违规广告: { suggest: 'risky', label: 10001 },
  测试违规涉政: { suggest: 'risky', label: 20001 },
  测试违规色情: { suggest: 'risky', label: 20002 },
  测试违规辱骂: { suggest: 'risky', label: 20003 },
  测试违规欺诈: { suggest: 'risky', label: 20008 },
  测试违规内容: { suggest: 'risky', label: 21000 },
  测试人工复核: { suggest: 'review', label: 21000 },
};

const PASS: Verdict = { suggest: 'pass', label: PASS_LABEL };

/** The first risky word decides; without one, a word for review. */
function judgeText(text: string): Verdict {
  const found = Object.entries(TEST_WORDS).flatMap(([word, verdict]) => (text.includes(word) ? verdict : []));
  return found.find((verdict) => verdict.suggest === 'risky') ?? found[0] ?? PASS;
}

function readSubject(sandbox: Sandbox, json: Json): string {
  if (json['version'] !== 2) throw new MiniProgramError('INVALID_PARAMETER', 'version must be 2');
  const scene = integerOf(json, 'scene');
  if (scene === null || scene < 1 || scene > 4) throw new MiniProgramError('INVALID_PARAMETER', 'scene');
  const openid = textOf(json, 'openid');
  if (!isOpenid(openid)) throw new MiniProgramError('INVALID_OPENID');
  // People whom a demo made have never signed in here; they count as active.
  const signIn = sandbox.store.get('signIns', openid);
  if (signIn && sandbox.clock.now() - signIn.lastAt > ACTIVE_MS) {
    throw new MiniProgramError('USER_NOT_ACTIVE');
  }
  return openid;
}

function record(sandbox: Sandbox, check: Omit<ContentCheck, 'traceId' | 'checkedAt'>): ContentCheck {
  const number = sandbox.store.nextNumber('checks');
  const hex = sha256(`check ${number}`);
  const checkedAt = sandbox.clock.now();
  const traceId = `${epochSeconds(checkedAt).toString(16)}-${hex.slice(0, 8)}-${hex.slice(8, 16)}`;
  const stored = { ...check, traceId, checkedAt };
  sandbox.store.put('checks', traceId, stored);
  return stored;
}

const detailOf = ({ suggest, label }: Verdict): object => ({
  strategy: 'content_model',
  errcode: 0,
  suggest,
  label,
  prob: 90,
});

/** POST /wxa/msg_sec_check */
export function checkText(sandbox: Sandbox, json: Json): object {
  const openid = readSubject(sandbox, json);
  const content = textOf(json, 'content');
  if (!content) throw new MiniProgramError('INVALID_PARAMETER', 'content');
  if ([...content].length > MOST_CHARACTERS) throw new MiniProgramError('CONTENT_TOO_LONG');
  const extras = ['title', 'nickname', 'signature'].map((field) => textOf(json, field) ?? '');
  const verdict = judgeText([content, ...extras].join('\n'));
  const check = record(sandbox, { openid, kind: 'text', subject: content, ...verdict });
  return {
    errcode: 0,
    errmsg: 'ok',
    result: verdict,
    detail: [detailOf(verdict), { strategy: 'keyword', errcode: 0 }],
    trace_id: check.traceId,
  };
}

/** WeChat has to be able to fetch the picture; the sandbox fetches from this machine and from the app only. */
function canDownload(sandbox: Sandbox, mediaUrl: string): Promise<boolean> {
  const url = new URL(mediaUrl);
  if (!isLoopbackUrl(url) && !sandbox.settings.appOrigins.includes(url.origin)) return Promise.resolve(false);
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const request = open(url, { agent: false, timeout: DOWNLOAD_PATIENCE_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.end();
  });
}

function pushVerdict(sandbox: Sandbox, check: ContentCheck, downloaded: boolean): void {
  const { pushUrl } = sandbox.settings;
  if (pushUrl === null) return;
  const { suggest, label } = check;
  const content = {
    ToUserName: 'gh_linlisandbox',
    FromUserName: check.openid,
    CreateTime: epochSeconds(sandbox.clock.now()),
    MsgType: 'event',
    Event: 'wxa_media_check',
    appid: sandbox.credentials.identity.appId,
    trace_id: check.traceId,
    version: 2,
    ...(downloaded
      ? { detail: [detailOf(check)], errcode: 0, errmsg: 'ok', result: { suggest, label } }
      : { detail: [], errcode: DOWNLOAD_FAILED, errmsg: 'download media fail' }),
  };
  enqueue(
    sandbox,
    {
      kind: 'push',
      subject: check.traceId,
      url: pushUrl,
      eventType: 'wxa_media_check',
      summary: suggest,
      content,
    },
    sandbox.faults.takeForCallback('push', null),
  );
}

/** POST /wxa/media_check_async */
export async function checkMedia(sandbox: Sandbox, json: Json): Promise<object> {
  const openid = readSubject(sandbox, json);
  const mediaUrl = textOf(json, 'media_url');
  const isWebUrl = mediaUrl !== null && /^https?:\/\//.test(mediaUrl) && URL.canParse(mediaUrl);
  if (!isWebUrl) throw new MiniProgramError('INVALID_PARAMETER', 'media_url');
  if (json['media_type'] !== 1 && json['media_type'] !== 2) {
    throw new MiniProgramError('INVALID_PARAMETER', 'media_type');
  }
  const verdict = sandbox.faults.takeMediaVerdict() ?? PASS;
  const check = record(sandbox, { openid, kind: 'media', subject: mediaUrl, ...verdict });
  pushVerdict(sandbox, check, await canDownload(sandbox, mediaUrl));
  return { errcode: 0, errmsg: 'ok', trace_id: check.traceId };
}
