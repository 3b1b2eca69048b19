import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What WeChat Pay gives a merchant 商户, who collects for one ledger. */
export interface MerchantSettings {
  readonly mchId: string;
  readonly merchantSerial: string;
  readonly merchantPrivateKeyPem: string;
  readonly platformPublicKeyId?: string;
  readonly platformPublicKeyPem?: string;
  /** The older way WeChat signs; named instead of the public key, or beside it while a merchant moves over. */
  readonly platformCertificateSerial?: string;
  readonly platformCertificatePem?: string;
  /** 32 characters, decrypts callbacks (AEAD_AES_256_GCM). */
  readonly apiV3Key: string;
  readonly payBase: string;
  /** Only the sandbox has a cashier page; H5 payments need it. */
  readonly cashierBase: string | null;
}

/** How the server reaches WeChat: the real hosts, or the sandbox that speaks the same wire protocol. */
export interface WechatSettings {
  readonly appId: string;
  readonly appSecret: string;
  readonly apiBase: string;
  /** Those whom the mini-program may pay: property companies, committees and funds each have their own. */
  readonly merchants: readonly MerchantSettings[];
  /** 消息推送 of the admin pages, JSON: without its token no picture is checked, as verdicts are pushed. */
  readonly messageToken?: string;
  /** 43 characters, for 安全模式. */
  readonly messageEncodingAesKey?: string;
  /** Subscribe-message templates of this account by what the message is about; kinds without one stay in the inbox. */
  readonly messageTemplates: Readonly<Record<string, MessageTemplate>>;
}

/** A template as it is registered with WeChat: its id, and which keyword (`thing1`, `time3`) says what. */
export interface MessageTemplate {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly time: string;
}

/** The whole environment, read once at start, validated and frozen. Nothing else reads `process.env`. */
export interface Environment {
  readonly production: boolean;
  readonly demo: boolean;
  readonly host: string;
  readonly port: number;
  /** Where this deployment is reached from outside; used in QR codes and payment notify addresses. */
  readonly publicOrigin: string;
  readonly dataDir: string;
  /** `mysql://…` selects the MySQL protocol; absent means the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** The owner of the schema, who migrates and grants; absent where the application's user is the owner itself. */
  readonly migrationDatabaseUrl: string | null;
  readonly poolSize: number;
  /** Shared rate limits only; reads fail open without it. */
  readonly redisUrl: string | null;
  /** 32 bytes each: field encryption, blind index, signed addresses, signatures of the ballot logs. */
  readonly fieldKey: Buffer;
  readonly indexKey: Buffer;
  readonly urlKey: Buffer;
  readonly logKey: Buffer;
  /** The log key before this one, while people still hold it; null when no key is being changed. */
  readonly formerLogKey: Buffer | null;
  readonly wechat: WechatSettings | null;
  /** Folder of the built H5 app; absent in tests of the API alone. */
  readonly h5Dir: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Whether `/api/openapi.json` and `/api/docs` answer: always in development, in production with API_DOCS=1. */
  readonly apiDocs: boolean;
  /** Off where a replica only answers requests and leaves the outbox to the others. */
  readonly runsJobs: boolean;
  /** The proxy in front of the server sets X-Forwarded-For; off by default, so that clients cannot. */
  readonly trustProxy: boolean;
}

/** The environment is not fit to run with; `problems` says each in one line. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const KEY_NAMES = ['LINLI_FIELD_KEY', 'LINLI_INDEX_KEY', 'LINLI_URL_KEY', 'LINLI_LOG_KEY'] as const;
const FORMER_LOG_KEY = 'LINLI_FORMER_LOG_KEY';

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads and checks the variables. Throws {@link EnvironmentError} naming everything that is wrong at once. */
export function readEnvironment(variables: Variables = process.env): Environment {
  const problems: string[] = [];
  const production = variables['NODE_ENV'] === 'production';
  const demo = variables['DEMO'] === '1';
  if (production && demo) problems.push('DEMO=1 and NODE_ENV=production exclude each other.');
  const databaseUrl = variables['DATABASE_URL'] ?? null;
  if (databaseUrl !== null && !databaseUrl.startsWith('mysql://'))
    problems.push('DATABASE_URL must start with mysql:// (leave it out for the embedded database).');
  const migrationDatabaseUrl = variables['MIGRATION_DATABASE_URL'] ?? null;
  if (migrationDatabaseUrl !== null && !migrationDatabaseUrl.startsWith('mysql://'))
    problems.push('MIGRATION_DATABASE_URL must start with mysql://, as DATABASE_URL does.');
  const [fieldKey, indexKey, urlKey, logKey] = KEY_NAMES.map((name) =>
    readKey(variables, name, production, problems),
  );
  const host = variables['HOST'] ?? '127.0.0.1';
  const port = readNumber(variables, 'PORT', 3000, 0, 65535, problems);
  const environment: Environment = {
    production,
    demo,
    host,
    port,
    publicOrigin: variables['PUBLIC_ORIGIN'] ?? `http://${host}:${port}`,
    dataDir: resolve(variables['DATA_DIR'] ?? '.data'),
    databaseUrl,
    migrationDatabaseUrl,
    poolSize: readNumber(variables, 'POOL_SIZE', 16, 1, 256, problems),
    redisUrl: variables['REDIS_URL'] ?? null,
    fieldKey: fieldKey as Buffer,
    indexKey: indexKey as Buffer,
    urlKey: urlKey as Buffer,
    logKey: logKey as Buffer,
    formerLogKey:
      variables[FORMER_LOG_KEY] === undefined
        ? null
        : readKey(variables, FORMER_LOG_KEY, production, problems),
    wechat: readWechat(variables, production, problems),
    h5Dir: variables['H5_DIR'] === undefined ? null : resolve(variables['H5_DIR']),
    logLevel: readLogLevel(variables, problems),
    apiDocs: variables['API_DOCS'] === '1' || !production,
    runsJobs: variables['RUN_JOBS'] !== '0',
    trustProxy: variables['TRUST_PROXY'] === '1',
  };
  if (problems.length > 0) throw new EnvironmentError(problems);
  return Object.freeze(environment);
}

function readKey(variables: Variables, name: string, production: boolean, problems: string[]): Buffer {
  const text = variables[name];
  if (text !== undefined) {
    const key = Buffer.from(text, 'base64');
    if (key.length !== 32) problems.push(`${name} must be 32 bytes in base64 (openssl rand -base64 32).`);
    if (production && key.equals(developmentKey(name))) problems.push(`${name} is the development default.`);
    return key;
  }
  if (production) problems.push(`${name} is missing; production never runs on default secrets.`);
  return developmentKey(name);
}

/** The same on every developer's machine, so a demo database can be opened again. Refused in production. */
function developmentKey(name: string): Buffer {
  return createHash('sha256').update(`linli development ${name}`).digest();
}

function readNumber(
  variables: Variables,
  name: string,
  fallback: number,
  min: number,
  max: number,
  problems: string[],
): number {
  const text = variables[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    problems.push(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}

function readLogLevel(variables: Variables, problems: string[]): Environment['logLevel'] {
  const text = variables['LOG_LEVEL'] ?? 'info';
  const level = LOG_LEVELS.find((candidate) => candidate === text);
  if (level === undefined) problems.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);
  return level ?? 'info';
}

/** How WeChat's signature on a callback is checked: one of these pairs. */
const PLATFORM_KEY = ['platformPublicKeyId', 'platformPublicKeyPem'] as const;
const PLATFORM_CERTIFICATE = ['platformCertificateSerial', 'platformCertificatePem'] as const;

type SettingsFile = Partial<WechatSettings & MerchantSettings>;

const MERCHANT_FIELDS = ['mchId', 'merchantSerial', 'merchantPrivateKeyPem', 'apiV3Key'] as const;

const has = <Fields extends object>(settings: Fields, name: keyof Fields) =>
  typeof settings[name] === 'string' && settings[name] !== '';

/** `WECHAT_CONFIG` names a JSON file with the credentials; secrets stay out of the command line and the repository. */
function readWechat(variables: Variables, production: boolean, problems: string[]): WechatSettings | null {
  const file = variables['WECHAT_CONFIG'];
  if (file === undefined || file === '') {
    if (production) problems.push('WECHAT_CONFIG is missing; without it nobody could sign in.');
    return null;
  }
  try {
    const settings = JSON.parse(readFileSync(file, 'utf8')) as SettingsFile;
    for (const name of ['appId', 'appSecret'] as const)
      if (!has(settings, name)) problems.push(`WECHAT_CONFIG: ${name} is missing.`);
    const merchants = merchantsIn(settings, problems);
    const bases = [settings.apiBase, ...merchants.map(({ payBase }) => payBase)];
    if (production && bases.some((base) => base?.startsWith('http://')))
      problems.push('WECHAT_CONFIG: production speaks to WeChat over https only.');
    return {
      apiBase: 'https://api.weixin.qq.com',
      messageTemplates: {},
      ...settings,
      merchants,
    } as WechatSettings;
  } catch (error) {
    problems.push(`WECHAT_CONFIG cannot be read: ${(error as Error).message}`);
    return null;
  }
}

/** The file's own merchant, and those in its list `merchants`. */
function merchantsIn(settings: SettingsFile, problems: string[]): MerchantSettings[] {
  const listed = settings.merchants ?? [];
  const own = listed.length === 0 || MERCHANT_FIELDS.some((name) => has(settings, name)) ? [settings] : [];
  const merchants = [...own, ...listed].map((merchant: Partial<MerchantSettings>) => {
    const problem = merchantProblem(merchant);
    if (problem !== null) problems.push(`WECHAT_CONFIG: ${problem}`);
    return {
      payBase: 'https://api.mch.weixin.qq.com',
      cashierBase: null,
      ...merchant,
    } as MerchantSettings;
  });
  if (new Set(merchants.map(({ mchId }) => mchId)).size < merchants.length)
    problems.push('WECHAT_CONFIG: a merchant is named twice.');
  return merchants;
}

function merchantProblem(merchant: Partial<MerchantSettings>): string | null {
  const whose = has(merchant, 'mchId') ? ` (merchant ${merchant.mchId ?? ''})` : '';
  const missing = MERCHANT_FIELDS.find((name) => !has(merchant, name));
  if (missing !== undefined) return `${missing} is missing${whose}.`;
  const isSigned = [PLATFORM_KEY, PLATFORM_CERTIFICATE].some((names) =>
    names.every((name) => has(merchant, name)),
  );
  return isSigned
    ? null
    : `${PLATFORM_KEY.join(' and ')} are missing (or ${PLATFORM_CERTIFICATE.join(' and ')})${whose}.`;
}
