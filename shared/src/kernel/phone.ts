import { toHalfWidth } from './full-width.ts';

const PHONE_KINDS = ['MOBILE', 'LANDLINE', 'SERVICE', 'SHORT'] as const;
/** 手机, 固定电话, 400/800 号码, 短号 (12345, 119, 96333). */
export type PhoneKind = (typeof PHONE_KINDS)[number];

export interface Phone {
  readonly kind: PhoneKind;
  /** What is dialled and stored: digits only; a landline's extension follows a comma (a pause when dialled). */
  readonly number: string;
  /** What is shown: 0994-7212345, 138 1234 5678. */
  readonly display: string;
}

/** Emergency numbers have three digits and are a closed list; other short numbers follow the numbering plan. */
const EMERGENCY_NUMBER = /^(11[0249]|12[02])$/;
const SHORT_NUMBER = /^(12\d{3,4}|10[01]\d{2,3}|9[56]\d{3,4})$/;
/** Area codes 010 and 02x have three digits and eight-digit numbers; the others have four and seven or eight. */
const LANDLINE = /^(?:(01\d|02\d)([2-8]\d{7})|(0[3-9]\d{2})([2-8]\d{6,7}))(?:,(\d{1,6}))?$/;
const LOCAL_LANDLINE = /^([2-8]\d{6,7})(?:,(\d{1,6}))?$/;

/**
 * A phone number as people write it ("１３８ 1234 5678", "+86-…", "(0994)7212345转801");
 * null where it is no number that can be dialled in China.
 */
export function parsePhone(text: string): Phone | null {
  const dialled = toHalfWidth(text)
    .replace(/\s*(转|分机|ext\.?)\s*/i, ',')
    .replace(/^(\d{3,4}-\d{7,8})-(\d{1,6})$/, '$1,$2')
    .replace(/[\s\-()—–－·.]/g, '')
    .replace(/^(?:\+|00)86/, '');
  if (/^(86)?1[3-9]\d{9}$/.test(dialled)) return mobile(dialled.slice(-11));
  if (EMERGENCY_NUMBER.test(dialled) || SHORT_NUMBER.test(dialled)) return whole('SHORT', dialled);
  if (/^[48]00\d{7}$/.test(dialled)) return service(dialled);
  return landline(dialled);
}

export function isMobile(text: string): boolean {
  return parsePhone(text)?.kind === 'MOBILE';
}

function mobile(number: string): Phone {
  return {
    kind: 'MOBILE',
    number,
    display: `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`,
  };
}

function service(number: string): Phone {
  return {
    kind: 'SERVICE',
    number,
    display: `${number.slice(0, 3)}-${number.slice(3, 6)}-${number.slice(6)}`,
  };
}

function landline(dialled: string): Phone | null {
  const match = LANDLINE.exec(dialled);
  if (match !== null) {
    const [, shortCode, eight, longCode, seven, extension] = match;
    const display = `${shortCode ?? longCode ?? ''}-${eight ?? seven ?? ''}`;
    return { kind: 'LANDLINE', number: dialled, display: withExtension(display, extension) };
  }
  const local = LOCAL_LANDLINE.exec(dialled);
  if (local === null) return null;
  const [, number = '', extension] = local;
  return { kind: 'LANDLINE', number: dialled, display: withExtension(number, extension) };
}

function withExtension(display: string, extension: string | undefined): string {
  return extension === undefined ? display : `${display} 转 ${extension}`;
}

function whole(kind: PhoneKind, number: string): Phone {
  return { kind, number, display: number };
}
