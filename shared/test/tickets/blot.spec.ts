import { describe, expect, it } from '@jest/globals';
import { fc } from '@fast-check/jest';
import { hideComplainant } from '../../src/tickets/index.ts';

const WANG = { name: '王秀兰', phone: '13800001111', unitName: '1号楼 1单元 301' };
const hidden = (text: string) => hideComplainant(text, WANG);

describe('a text that names its complainant', () => {
  it.each([
    '138 0000 1111',
    '138-0000-1111',
    '+86 138－0000－1111',
    '１３８００００１１１１',
    '(138)0000.1111',
    '1 3 8 0 0 0 0 1 1 1 1',
  ])('hides the phone written as %s', (phone) => {
    expect(
      hidden(`请打${phone}找我`)
        .replace(/[^0-9０-９]/g, '')
        .replace(/^86/, ''),
    ).toBe('');
  });

  it.each([
    '1-1-301',
    '1号楼1单元301',
    '1号楼 1单元 301',
    '1号楼1单元301室',
    '1栋1单元301',
    '1#1-301',
    '１号楼１单元３０１',
    '1幢301',
    '1-301',
    '一号楼一单元301',
    '1单元301',
    '1楼1门301号',
    '01-01-301',
  ])('hides the home written as %s', (home) => {
    expect(hidden(`我住${home}，楼上漏水`)).toBe('我住＊＊，楼上漏水');
  });

  it('hides the name, also spaced', () => {
    expect(hidden('我叫王秀兰，也写王 秀 兰')).toBe('我叫＊＊，也写＊＊');
  });

  it.each([
    '1号楼1单元楼道',
    '2号楼2单元301',
    '1号楼1单元3012',
    '1号楼2单元302',
    '每月301元',
    '2026-11-21 以后',
    '13800001112',
    '打 12345',
  ])('leaves %s as it is', (text) => {
    expect(hidden(text)).toBe(text);
  });

  it('hides a home without an entrance, and one whose parts have no numbers', () => {
    expect(hideComplainant('我住3号楼502室', { ...WANG, unitName: '3号楼 502' })).toBe('我住＊＊');
    expect(hideComplainant('我住A座12-3', { ...WANG, unitName: 'A座 12 3' })).toBe('我住＊＊');
    expect(hideComplainant('东楼甲的事', { ...WANG, unitName: '东楼 甲' })).toBe('＊＊的事');
  });
});

describe('whatever is written', () => {
  const separator = fc.constantFrom('', ' ', '-', '－', '—', '.', '·', '　', '/', '（', '）', ' - ');
  const wide = (digit: string) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0);
  const narrow = (text: string) =>
    Array.from(text)
      .map((one) => (one >= '０' && one <= '９' ? String.fromCharCode(one.charCodeAt(0) - 0xfee0) : one))
      .join('');
  const written = (digits: string) =>
    fc
      .tuple(
        ...Array.from(digits).map((digit) =>
          fc.tuple(fc.constantFrom(digit, wide(digit)), separator).map((pair) => pair.join('')),
        ),
      )
      .map((parts) => parts.join(''));
  const phone = fc
    .tuple(fc.constantFrom('13', '15', '18'), fc.stringMatching(/^[0-9]{9}$/))
    .map((parts) => parts.join(''));

  it('no digits of the phone in their order are left', () => {
    fc.assert(
      fc.property(
        phone.chain((digits) => fc.tuple(fc.constant(digits), written(digits))),
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        ([digits, shown], before, after) => {
          const text = hideComplainant(`${before}${shown}${after}`, { ...WANG, phone: digits });
          expect(narrow(text)).not.toContain(digits);
          expect(narrow(text).replace(/[\s\-－—.·/（）]/g, '')).not.toContain(digits);
        },
      ),
    );
  });

  it('a home is hidden in its common forms, whatever its numbers', () => {
    const part = fc.integer({ min: 1, max: 99 });
    const room = fc.integer({ min: 101, max: 3299 });
    const form = fc.constantFrom(
      (b: number, e: number, r: number) => `${b}-${e}-${r}`,
      (b: number, e: number, r: number) => `${b}号楼${e}单元${r}室`,
      (b: number, e: number, r: number) => `${b}栋 ${e}单元 ${r}`,
      (b: number, e: number, r: number) => `${b}幢${e}-${r}`,
      (b: number, _: number, r: number) => `${b}#${r}`,
      (b: number, e: number, r: number) => `${b}号楼${e}门${r}`.replace(/[0-9]/g, wide),
    );
    fc.assert(
      fc.property(part, part, room, form, (b, e, r, write) => {
        const person = { ...WANG, unitName: `${b}号楼 ${e}单元 ${r}` };
        expect(hideComplainant(`家在${write(b, e, r)}。`, person)).toBe('家在＊＊。');
      }),
    );
  });

  it('a text without any digit and without the name is left alone', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/[0-9０-９一]/.test(text) && !text.includes('王'));
        expect(hidden(text)).toBe(text);
      }),
    );
  });
});
