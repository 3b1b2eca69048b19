import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import {
  open,
  parseAuthorization,
  paymentMessage,
  replyMessage,
  requestMessage,
  seal,
  sign,
  verify,
} from '../signatures.ts';
import { sdk } from './merchant.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const KEY = '0123456789abcdef0123456789abcdef';
const NONCE = 'a1b2c3d4e5f6';
const SEALED =
  'XB6Cd1TRZAa6voRFgdTB4CeYmKlSWRDOMgP6bbpVRLSdtLv1WDReDDAHv65qO2a7LgMJazp2UnXYqM2VnBzWazQqZQTnee4fk2LrbiLbHEGrRx23YVeukHHlxYfuBD0G0Sh8FxaWgtwRq+iZ2A3/QUH0N0vF01c+ETluD1FEOFOVDU6+T4EoLZyegecFztoDFhs2ATzb2Oj7MzVa0VVVyxtNaRCM8h/Lu04Cgk79PsYNhgDmtYS9t1npx7yMNj69Qo/Xou1WOPBZVXdO87DrHBRKgFA9Fx08pT6KoutfjWWsAAnfjak+60AohR9Aa2qRWrPyzia3Jz+PNgmrZ7MoRd9QcEbi0hlQWDGc6uGTefIUkXshl8MgBn6WvvMwPsipVXzg/XfCHvBHAYOyAeplg6W8+j679uYz/zyHY4L6KJxgHYA4W5xZJOEcvkkytt/FLvfE1mloAfq9F2Pql9VlkbbGBLu8zfFcAtBfahufrxL/mJSE';

describe('what gets signed, against the published examples', () => {
  it('a request is five lines, and the empty body is a line too', () => {
    const message = requestMessage(
      'GET',
      '/v3/certificates',
      1554208460,
      '593BEC0C930BF1AFEB40B4A08C8FB242',
      '',
    );
    expect(message.toString()).toBe(
      'GET\n/v3/certificates\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n',
    );
  });

  it('a payment is appid, time, nonce and package', () => {
    const message = paymentMessage(
      'wx8888888888888888',
      '1414561699',
      '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
      'prepay_id=wx201410272009395522657a690389285100',
    );
    expect(message.toString()).toBe(
      'wx8888888888888888\n1414561699\n5K8264ILTKCH16CQ2502SI8ZNMTM67VS\nprepay_id=wx201410272009395522657a690389285100\n',
    );
  });

  it('a reply without a body still ends with its empty line', () => {
    expect(replyMessage(1554209980, 'c5ac7061', '').toString()).toBe('1554209980\nc5ac7061\n\n');
  });

  it('bytes that are not UTF-8 are signed as they are', () => {
    const body = Buffer.from([0xff, 0x00, 0xfe]);
    expect(replyMessage(1, 'n', body)).toEqual(
      Buffer.concat([Buffer.from('1\nn\n'), body, Buffer.from('\n')]),
    );
  });
});

describe('RSA signatures', () => {
  it('the SDK verifies ours, and we verify the SDK’s', () => {
    const body = '{"描述":"物业费"}';
    const ours = sign(requestMessage('POST', '/v3/x?a=1', 1, 'n', body), privateKey);
    expect(sdk.Rsa.verify(sdk.Formatter.request('POST', '/v3/x?a=1', '1', 'n', body), ours, publicKey)).toBe(
      true,
    );
    const theirs = sdk.Rsa.sign(sdk.Formatter.response('1', 'n', body), privateKey);
    expect(verify(replyMessage('1', 'n', body), theirs, publicKey)).toBe(true);
  });

  it.each(['', 'not base64 at all', 'WECHATPAY/SIGNTEST/abc'])(
    'a signature of %p is wrong, not an accident',
    (signature) => {
      expect(verify(Buffer.from('message'), signature, publicKey)).toBe(false);
    },
  );

  it('one changed byte of the message makes the signature wrong', () => {
    const signature = sign(replyMessage(1, 'n', '{"a":1}'), privateKey);
    expect(verify(replyMessage(1, 'n', '{"a": 1}'), signature, publicKey)).toBe(false);
  });

  it('a key read back from PEM is the same key', () => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const signature = sign(Buffer.from('message'), createPrivateKey(pem));
    expect(verify(Buffer.from('message'), signature, createPublicKey(createPrivateKey(pem)))).toBe(true);
  });
});

describe('the Authorization header', () => {
  const fields = [
    'mchid="1900000109"',
    'serial_no="7777777777777777777777777777777777777777"',
    'timestamp="1554208460"',
    'nonce_str="593BEC0C930BF1AFEB40B4A08C8FB242"',
    'signature="uOVRnA4qG=="',
  ];

  it('is read in any order of its fields', () => {
    const read = parseAuthorization(`WECHATPAY2-SHA256-RSA2048 ${fields.toReversed().join(',')}`);
    expect(read).toEqual({
      mchid: '1900000109',
      serialNo: '7777777777777777777777777777777777777777',
      timestamp: '1554208460',
      nonce: '593BEC0C930BF1AFEB40B4A08C8FB242',
      signature: 'uOVRnA4qG==',
    });
  });

  it.each(fields)('is malformed without %s', (left) => {
    const rest = fields.filter((field) => field !== left).join(',');
    expect(parseAuthorization(`WECHATPAY2-SHA256-RSA2048 ${rest}`)).toBe('MALFORMED');
  });

  it('is malformed when a field comes twice, as it would be unclear which one counts', () => {
    const twice = [...fields, 'mchid="1900000110"'].join(',');
    expect(parseAuthorization(`WECHATPAY2-SHA256-RSA2048 ${twice}`)).toBe('MALFORMED');
  });

  it('must be there and of the one scheme', () => {
    expect(parseAuthorization(undefined)).toBe('MISSING');
    expect(parseAuthorization(`WECHATPAY2-SM2-WITH-SM3 ${fields.join(',')}`)).toBe('WRONG_SCHEME');
  });
});

describe('AES-256-GCM', () => {
  it('opens the known vector', () => {
    const order = JSON.parse(open(SEALED, KEY, NONCE, 'transaction'));
    expect(order.out_trade_no).toBe('WY202501A0000001');
    expect(order.amount.total).toBe(49_599);
  });

  it('seals the content of the vector into the very same text', () => {
    expect(seal(open(SEALED, KEY, NONCE, 'transaction'), KEY, NONCE, 'transaction')).toBe(SEALED);
  });

  it('what we seal the SDK opens, and the other way round', () => {
    const sealed = seal('缴费成功', KEY, NONCE, 'refund');
    expect(sdk.Aes.AesGcm.decrypt(sealed, KEY, NONCE, 'refund')).toBe('缴费成功');
    expect(open(sdk.Aes.AesGcm.encrypt('缴费成功', KEY, NONCE, ''), KEY, NONCE, '')).toBe('缴费成功');
  });

  it.each([
    ['another key', () => open(SEALED, KEY.replace('0', '1'), NONCE, 'transaction')],
    ['another nonce', () => open(SEALED, KEY, 'a1b2c3d4e5f7', 'transaction')],
    ['other associated data', () => open(SEALED, KEY, NONCE, 'refund')],
    ['a changed byte', () => open(`YB6C${SEALED.slice(4)}`, KEY, NONCE, 'transaction')],
    ['a missing tag', () => open(SEALED.slice(0, -24), KEY, NONCE, 'transaction')],
    ['nothing at all', () => open('', KEY, NONCE, 'transaction')],
  ])('does not open with %s', (_situation, attempt) => {
    expect(attempt).toThrow();
  });
});
