import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from '@jest/globals';
import { EnvironmentError, readEnvironment } from '../../src/config/environment.ts';
import { wechatConfig } from '../support/wechat-config.ts';

const config = wechatConfig();
afterAll(() => config.remove());

const key = () => randomBytes(32).toString('base64');
const production = () => ({
  NODE_ENV: 'production',
  LINLI_FIELD_KEY: key(),
  LINLI_INDEX_KEY: key(),
  LINLI_URL_KEY: key(),
  LINLI_LOG_KEY: key(),
  WECHAT_CONFIG: config.path,
});

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    readEnvironment(variables);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

describe('the environment', () => {
  test('of a developer needs nothing and uses the embedded database', () => {
    const environment = readEnvironment({});
    expect(environment).toMatchObject({ databaseUrl: null, demo: false, port: 3000, host: '127.0.0.1' });
    expect(Object.isFrozen(environment)).toBe(true);
  });

  test('a replica runs jobs unless it is told to leave them to the others', () => {
    expect(readEnvironment({}).runsJobs).toBe(true);
    expect(readEnvironment({ RUN_JOBS: '0' }).runsJobs).toBe(false);
  });

  test('the demo in production is refused', () => {
    expect(problemsOf({ ...production(), DEMO: '1' })).toEqual([
      'DEMO=1 and NODE_ENV=production exclude each other.',
    ]);
  });

  test('production without its own secrets is refused, each by name', () => {
    expect(problemsOf({ NODE_ENV: 'production', WECHAT_CONFIG: config.path })).toHaveLength(4);
    const { LINLI_URL_KEY: _, ...rest } = production();
    expect(problemsOf(rest)).toEqual(['LINLI_URL_KEY is missing; production never runs on default secrets.']);
  });

  test('production on a copied development secret is refused', () => {
    const copied = readEnvironment({}).fieldKey.toString('base64');
    expect(problemsOf({ ...production(), LINLI_FIELD_KEY: copied })).toEqual([
      'LINLI_FIELD_KEY is the development default.',
    ]);
  });

  test('a key of the wrong length is refused', () => {
    expect(problemsOf({ LINLI_FIELD_KEY: 'c2hvcnQ=' })[0]).toContain('32 bytes');
  });

  test('every problem is told at once', () => {
    const problems = problemsOf({ PORT: 'many', DATABASE_URL: 'postgres://x', LOG_LEVEL: 'loud' });
    expect(problems).toHaveLength(3);
  });

  test('production that nobody could sign in to is refused in one line', () => {
    const { WECHAT_CONFIG: _, ...rest } = production();
    const refusal = ['WECHAT_CONFIG is missing; without it nobody could sign in.'];
    expect(problemsOf(rest)).toEqual(refusal);
    expect(problemsOf({ ...rest, WECHAT_CONFIG: '' })).toEqual(refusal);
    expect(problemsOf({})).toEqual([]);
  });

  test('WeChat’s signature is checked by its public key or by a certificate, and one of them must be whole', () => {
    const keyless = { platformPublicKeyId: undefined, platformPublicKeyPem: undefined };
    const problemsWith = (facts: object) => {
      const other = wechatConfig(facts);
      const problems = problemsOf({ ...production(), WECHAT_CONFIG: other.path });
      other.remove();
      return problems;
    };
    expect(problemsWith({})).toEqual([]);
    expect(problemsWith(keyless)).toHaveLength(1);
    expect(problemsWith({ ...keyless, platformPublicKeyId: 'PUB_KEY_ID_1' })).toHaveLength(1);
    const certificate = { platformCertificateSerial: 'ABC', platformCertificatePem: 'PEM' };
    expect(problemsWith({ ...keyless, ...certificate })).toEqual([]);
  });

  test('a deployment may be connected to several merchants, each whole and named once', () => {
    const merchant = {
      mchId: '1900000109',
      merchantSerial: 'serial',
      merchantPrivateKeyPem: 'PEM',
      apiV3Key: 'key',
      platformPublicKeyId: 'PUB_KEY_ID_2',
      platformPublicKeyPem: 'PEM',
    };
    const connected = (facts: object) => {
      const file = wechatConfig(facts);
      try {
        const { wechat } = readEnvironment({ ...production(), WECHAT_CONFIG: file.path });
        return (wechat?.merchants ?? []).map(({ mchId, payBase }) => `${mchId} ${payBase}`);
      } catch (error) {
        return (error as Error).message;
      } finally {
        file.remove();
      }
    };
    const wechat = 'https://api.mch.weixin.qq.com';
    expect(connected({ merchants: [merchant] })).toEqual([`mchId ${wechat}`, `1900000109 ${wechat}`]);
    const listedOnly = Object.fromEntries(Object.keys(merchant).map((name) => [name, undefined]));
    expect(connected({ ...listedOnly, merchants: [merchant] })).toEqual([`1900000109 ${wechat}`]);
    expect(connected({ merchants: [merchant, merchant] })).toContain('a merchant is named twice');
    expect(connected({ merchants: [{ ...merchant, apiV3Key: '' }] })).toContain(
      'apiV3Key is missing (merchant 1900000109)',
    );
    expect(connected({ merchants: [{ ...merchant, payBase: 'http://127.0.0.1:1' }] })).toContain(
      'over https only',
    );
  });

  test('credentials that cannot be read are one line', () => {
    expect(problemsOf({ WECHAT_CONFIG: '/nowhere/wechat.json' })[0]).toContain(
      'WECHAT_CONFIG cannot be read',
    );
  });
});
