/**
 * The door of api.mch.weixin.qq.com: who is asking (the merchant's signature over the exact bytes), what for
 * (the routes), and the platform's signature on what is answered.
 */
import { setTimeout as pause } from 'node:timers/promises';

import type { Sandbox } from '../context.ts';
import type { ReplyFault } from '../faults.ts';
import { CUT, dispatch, jsonReply, type Answer, type Reply, type Request } from '../http.ts';
import { PAY_ROUTES } from './routes.ts';
import { PayError } from './errors.ts';
import { MINUTE, epochSeconds } from '../shanghai-time.ts';
import {
  MAX_SKEW_SECONDS,
  SCHEME,
  parseAuthorization,
  randomText,
  replyMessage,
  requestMessage,
  sign,
  verify,
  type AuthorizationProblem,
} from '../signatures.ts';

const HEADER_PROBLEMS: Readonly<Record<AuthorizationProblem, string>> = {
  MISSING: 'Http头缺少Authorization',
  WRONG_SCHEME: 'Http头Authorization认证类型不正确',
  MALFORMED: 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
};

/** How much of the body WeChat shows back when a signature is wrong. */
const SHOWN_BODY_CHARACTERS = 10;
const STALE_BY_MS = 6 * MINUTE;

function signatureMismatch(request: Request, message: Buffer): PayError {
  const shown = message.toString().split('\n');
  const body = (shown[4] ?? '').slice(0, SHOWN_BODY_CHARACTERS);
  return new PayError('SIGN_ERROR', '错误的签名，验签失败', {
    detail: { issue: 'sign not match' },
    field: 'signature',
    location: 'authorization',
    sign_information: {
      method: request.method,
      url: request.target,
      truncated_sign_message: `${[...shown.slice(0, 4), body].join('\n')}\n`,
      sign_message_length: message.length,
    },
  });
}

/** Refuses everything that the merchant did not sign, just now, with the key of the serial it names. */
function verifyMerchant(sandbox: Sandbox, request: Request): void {
  const { identity, merchantPublicKey } = sandbox.credentials;
  const given = parseAuthorization(request.headers.authorization);
  if (typeof given === 'string') throw new PayError('SIGN_ERROR', HEADER_PROBLEMS[given]);
  if (given.mchid !== identity.mchId) throw new PayError('SIGN_ERROR', '商户号不存在或与证书不匹配');
  if (given.serialNo !== identity.merchantSerial) {
    throw new PayError('SIGN_ERROR', '商户证书序列号有误，请使用签名私钥匹配的证书序列号');
  }
  // The merchant's SDK stamps with its machine's clock, whatever time the sandbox plays.
  const skew = Math.abs(epochSeconds(Date.now()) - Number(given.timestamp));
  if (skew > MAX_SKEW_SECONDS) {
    throw new PayError('SIGN_ERROR', 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
  }
  const message = requestMessage(request.method, request.target, given.timestamp, given.nonce, request.body);
  if (!verify(message, given.signature, merchantPublicKey)) throw signatureMismatch(request, message);
}

/** The key that the merchant asked for by serial; otherwise the public key, as every new merchant has it. */
function signReply(sandbox: Sandbox, request: Request, reply: Reply, fault: ReplyFault | null): Reply {
  if (fault?.kind === 'unsigned-reply') return reply;
  const { identity, platformKey, certificateKey } = sandbox.credentials;
  const byCertificate = request.headers['wechatpay-serial'] === identity.platformCertificateSerial;
  const signedAt = Date.now() - (fault?.kind === 'stale-reply' ? STALE_BY_MS : 0);
  const timestamp = String(epochSeconds(signedAt));
  const nonce = randomText(32);
  const forged = fault?.kind === 'forge-reply';
  const signer = byCertificate === forged ? platformKey : certificateKey;
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'request-id': randomText(32),
      'wechatpay-nonce': nonce,
      'wechatpay-serial': byCertificate ? identity.platformCertificateSerial : identity.platformPublicKeyId,
      'wechatpay-signature': sign(replyMessage(timestamp, nonce, reply.body), signer),
      'wechatpay-signature-type': SCHEME,
      'wechatpay-timestamp': timestamp,
    },
  };
}

async function reply(sandbox: Sandbox, request: Request, fault: ReplyFault | null): Promise<Reply> {
  try {
    verifyMerchant(sandbox, request);
    if (fault?.kind === 'refuse') {
      const refusal = { code: fault.code, message: fault.message };
      return signReply(sandbox, request, jsonReply(fault.status, refusal), null);
    }
    const answered = await dispatch(PAY_ROUTES, sandbox, askedAbout(request, fault));
    if (!answered) throw new PayError('RESOURCE_NOT_EXISTS', '请求的接口不存在');
    return isDownload(request) ? answered : signReply(sandbox, request, answered, fault);
  } catch (error) {
    if (!(error instanceof PayError)) throw error;
    const refused = jsonReply(error.status, error.body());
    // Who could not say who he is gets no signature either.
    return error.code === 'SIGN_ERROR' ? refused : signReply(sandbox, request, refused, null);
  }
}

const askedAbout = (request: Request, fault: ReplyFault | null): Request =>
  fault?.kind === 'answer-about'
    ? { ...request, path: request.path.replace(/[^/]+$/, fault.number) }
    : request;

const isDownload = (request: Request): boolean => request.path === '/v3/billdownload/file';

export async function answerPay(sandbox: Sandbox, request: Request): Promise<Answer> {
  const fault = sandbox.faults.takeForReply(request.method, request.path);
  if (fault?.kind === 'unreachable') return CUT;
  const answered = await reply(sandbox, request, fault);
  if (fault?.kind === 'slow-reply') await pause(fault.ms);
  return fault?.kind === 'lose-reply' ? CUT : answered;
}
