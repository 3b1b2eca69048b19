/**
 * Who the merchant is and who the platform is. Made once per folder and kept:
 *   sandbox.json   what the app's server reads, as it would read real credentials
 *   platform.json  the platform's own private keys, which no merchant ever sees
 */
import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { selfSignedCertificate } from './certificate.ts';
import { parseObject, textOf } from './json.ts';
import { DAY, compactTime } from './shanghai-time.ts';
import { randomText } from './signatures.ts';

const CONFIG_FILE = 'sandbox.json';
const PLATFORM_FILE = 'platform.json';
const CERTIFICATE_LIFE_MS = 5 * 365 * DAY;

/** The fields of sandbox.json that never change while the folder lives. */
const IDENTITY_FIELDS = [
  'appId',
  'appSecret',
  'mchId',
  'merchantSerial',
  'merchantPrivateKeyPem',
  'platformPublicKeyId',
  'platformPublicKeyPem',
  'platformCertificateSerial',
  'platformCertificatePem',
  'apiV3Key',
  'messageToken',
  'messageEncodingAesKey',
] as const;

type Identity = { readonly [Field in (typeof IDENTITY_FIELDS)[number]]: string };

/** What the app's server is given. `apiBase` and `payBase` stand for WeChat's two hosts. */
export type SandboxConfig = Identity & {
  readonly apiBase: string;
  readonly payBase: string;
  /** Where an H5 page sends the payer, to `/cashier`; WeChat has no such page, so real credentials have no such field. */
  readonly cashierBase: string;
  /** Subscribe-message templates, as an account registers them with WeChat: id, and which keyword says what. */
  readonly messageTemplates: Readonly<Record<string, MessageTemplate>>;
};

type MessageTemplate = { readonly [Field in 'id' | 'title' | 'body' | 'time']: string };

const MESSAGE_KINDS = [
  'TICKET',
  'ASSEMBLY',
  'BILL',
  'PAYMENT',
  'INCOME',
  'DISCLOSURE',
  'CLAIM',
  'ESTATE_NOTICE',
];
const MESSAGE_TEMPLATES: Readonly<Record<string, MessageTemplate>> = Object.fromEntries(
  MESSAGE_KINDS.map((kind) => [
    kind,
    { id: `sandbox-${kind.toLowerCase()}`, title: 'thing1', body: 'thing2', time: 'time3' },
  ]),
);

export type Credentials = {
  readonly identity: Identity;
  readonly merchantPublicKey: KeyObject;
  /** Signs in public-key mode, named by `platformPublicKeyId`. */
  readonly platformKey: KeyObject;
  /** Signs in platform-certificate mode, named by `platformCertificateSerial`. */
  readonly certificateKey: KeyObject;
};

function writePrivately(file: string, value: object): void {
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  // `mode` counts only when the file is created, and a draft of an interrupted start may be lying there.
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}

async function newRsaPair(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
}

const pemOfPrivate = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const pemOfPublic = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

/** A serial number as certificates carry it: 20 bytes, the first neither zero nor above 0x7f. */
function newSerial(): string {
  const bytes = randomBytes(20);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex').toUpperCase();
}

async function createFolder(dir: string): Promise<void> {
  const [merchant, platform, certificate] = await Promise.all([newRsaPair(), newRsaPair(), newRsaPair()]);
  const madeAt = Date.now();
  const mchId = `1900${String(randomBytes(4).readUInt32BE() % 1_000_000).padStart(6, '0')}`;
  const certificateSerial = newSerial();
  const identity: Identity = {
    appId: `wx${randomBytes(8).toString('hex')}`,
    appSecret: randomBytes(16).toString('hex'),
    mchId,
    merchantSerial: newSerial(),
    merchantPrivateKeyPem: pemOfPrivate(merchant.privateKey),
    platformPublicKeyId: `PUB_KEY_ID_01${mchId}${compactTime(madeAt)}00`,
    platformPublicKeyPem: pemOfPublic(platform.publicKey),
    platformCertificateSerial: certificateSerial,
    platformCertificatePem: selfSignedCertificate({
      serial: certificateSerial,
      commonName: 'Linli sandbox platform certificate',
      notBefore: madeAt - DAY,
      notAfter: madeAt + CERTIFICATE_LIFE_MS,
      publicKey: certificate.publicKey,
      privateKey: certificate.privateKey,
    }),
    apiV3Key: randomText(32),
    messageToken: randomText(24),
    messageEncodingAesKey: randomText(43),
  };
  writePrivately(join(dir, PLATFORM_FILE), {
    platformPrivateKeyPem: pemOfPrivate(platform.privateKey),
    certificatePrivateKeyPem: pemOfPrivate(certificate.privateKey),
  });
  writePrivately(join(dir, CONFIG_FILE), identity);
}

function readFields<Field extends string>(file: string, fields: readonly Field[]): Record<Field, string> {
  const json = parseObject(readFileSync(file));
  const values = fields.map((field) => {
    const value = textOf(json, field);
    if (!value) throw new Error(`${file} has no "${field}": remove the folder's files to make new keys`);
    return [field, value] as const;
  });
  return Object.fromEntries(values) as Record<Field, string>;
}

/** Reads the folder's credentials, and makes them first where there are none. */
export async function loadCredentials(dir: string): Promise<Credentials> {
  mkdirSync(dir, { recursive: true });
  const config = join(dir, CONFIG_FILE);
  const platform = join(dir, PLATFORM_FILE);
  // The two belong together: half a pair cannot be used, so both are made anew.
  if (!existsSync(config) || !existsSync(platform)) await createFolder(dir);
  const identity = readFields(config, IDENTITY_FIELDS);
  const keys = readFields(platform, ['platformPrivateKeyPem', 'certificatePrivateKeyPem']);
  return {
    identity,
    merchantPublicKey: createPublicKey(createPrivateKey(identity.merchantPrivateKeyPem)),
    platformKey: createPrivateKey(keys.platformPrivateKeyPem),
    certificateKey: createPrivateKey(keys.certificatePrivateKeyPem),
  };
}

/** Writes sandbox.json anew: the keys stay, the addresses are those of this run. */
export function publishConfig(
  dir: string,
  credentials: Credentials,
  origin: string,
  publicOrigin: string,
): SandboxConfig {
  const config = {
    ...credentials.identity,
    apiBase: origin,
    payBase: origin,
    cashierBase: publicOrigin,
    messageTemplates: MESSAGE_TEMPLATES,
  };
  writePrivately(join(dir, CONFIG_FILE), config);
  return config;
}
