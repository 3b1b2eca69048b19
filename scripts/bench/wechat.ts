import { createCipheriv, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const rsa = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
/** WeChat's own key pair and the merchant's, of this run. */
const platform = rsa();
const merchant = rsa();

const SERIAL = 'PUB_KEY_ID_0000000000000000000000000000';
/** Nobody answers here, and nobody is asked: callbacks come in, and the people of the seed have no openid. */
const NOWHERE = 'https://wechat.invalid';
const settings = {
  appId: 'wx0000000000bench0',
  appSecret: randomBytes(16).toString('hex'),
  mchId: '1900000001',
  merchantSerial: 'A'.repeat(40),
  merchantPrivateKeyPem: merchant.privateKey,
  platformPublicKeyId: SERIAL,
  platformPublicKeyPem: platform.publicKey,
  apiV3Key: randomBytes(16).toString('hex'),
  apiBase: NOWHERE,
  payBase: NOWHERE,
};

/** Writes the credentials as a deployment keeps them, and answers where. */
export function writeWechatConfig(folder: string): string {
  const file = join(folder, 'wechat.json');
  writeFileSync(file, JSON.stringify(settings));
  return file;
}

export interface SignedNotice {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A payment notification as WeChat sends it: sealed with the merchant's key, signed with WeChat's. */
export function paymentNotice(serial: number): SignedNotice {
  const body = JSON.stringify({
    id: `EV-${serial}`,
    create_time: new Date().toISOString(),
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: sealedTransaction(serial),
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const message = Buffer.from(`${timestamp}\n${nonce}\n${body}\n`);
  return {
    headers: {
      'content-type': 'application/json',
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': SERIAL,
      'wechatpay-signature': sign('RSA-SHA256', message, platform.privateKey).toString('base64'),
    },
    body,
  };
}

function sealedTransaction(serial: number) {
  const transaction = {
    mchid: settings.mchId,
    appid: settings.appId,
    out_trade_no: `BENCH${serial}`,
    transaction_id: `42000${serial}`,
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    success_time: new Date().toISOString(),
    payer: { openid: `o${'0'.repeat(27)}` },
    amount: { total: 21_850, payer_total: 21_850, currency: 'CNY' },
  };
  const nonce = randomBytes(6).toString('hex');
  const associated = 'transaction';
  const cipher = createCipheriv('aes-256-gcm', settings.apiV3Key, nonce);
  cipher.setAAD(Buffer.from(associated));
  const sealed = [cipher.update(JSON.stringify(transaction), 'utf8'), cipher.final(), cipher.getAuthTag()];
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: Buffer.concat(sealed).toString('base64'),
    associated_data: associated,
    nonce,
    original_type: 'transaction',
  };
}
