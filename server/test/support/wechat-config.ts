import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CREDENTIALS = [
  'appId',
  'appSecret',
  'mchId',
  'merchantSerial',
  'merchantPrivateKeyPem',
  'platformPublicKeyId',
  'platformPublicKeyPem',
  'apiV3Key',
] as const;

/** Settings of a mini-program that is connected, for tests that put their own words into WeChat's mouth. */
export function wechatConfig(facts: object = {}): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'linli-wechat-'));
  const path = join(folder, 'wechat.json');
  writeFileSync(
    path,
    JSON.stringify({ ...Object.fromEntries(CREDENTIALS.map((name) => [name, name])), ...facts }),
  );
  return {
    path,
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}
