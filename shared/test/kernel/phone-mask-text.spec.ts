import { describe, expect, it } from '@jest/globals';
import { isMobile, maskName, maskPhone, parsePhone, tidyText, toHalfWidth } from '../../src/kernel/index.ts';

describe('phone numbers as people write them', () => {
  it.each([
    ['13812345678', 'MOBILE', '13812345678', '138 1234 5678'],
    ['１３８ 1234 5678', 'MOBILE', '13812345678', '138 1234 5678'],
    ['+86-138-1234-5678', 'MOBILE', '13812345678', '138 1234 5678'],
    ['0994-7200101', 'LANDLINE', '09947200101', '0994-7200101'],
    ['（0994）7200101转801', 'LANDLINE', '09947200101,801', '0994-7200101 转 801'],
    ['021-62345678-12', 'LANDLINE', '02162345678,12', '021-62345678 转 12'],
    ['7200101', 'LANDLINE', '7200101', '7200101'],
    ['400-123-4567', 'SERVICE', '4001234567', '400-123-4567'],
    ['12345', 'SHORT', '12345', '12345'],
    ['119', 'SHORT', '119', '119'],
    ['96333', 'SHORT', '96333', '96333'],
    ['12315', 'SHORT', '12315', '12315'],
  ])('%s', (text, kind, number, display) => expect(parsePhone(text)).toEqual({ kind, number, display }));

  it.each([
    '',
    '无',
    '1381234567',
    '12345678901',
    '23812345678',
    '0994-72001',
    '110119',
    '13812345678/7200101',
  ])('"%s" cannot be dialled', (text) => expect(parsePhone(text)).toBeNull());

  it('only a mobile gets codes', () => {
    expect(isMobile('199 0000 1000')).toBe(true);
    expect(isMobile('0994-7200101')).toBe(false);
  });
});

describe('masking', () => {
  it('a name keeps its first character and hides its length', () => {
    expect(maskName('张三')).toBe('张*');
    expect(maskName('阿依古丽·买买提')).toBe('阿*');
    expect(maskName('')).toBe('');
  });

  it('a number keeps what its owner recognises', () => {
    expect(maskPhone('13812341234')).toBe('138****1234');
    expect(maskPhone('0994-7200101')).toBe('****0101');
    expect(maskPhone('119')).toBe('****');
  });
});

describe('full-width text', () => {
  it('becomes its ASCII twin; Chinese stays', () => {
    expect(toHalfWidth('８９．３７（㎡）')).toBe('89.37(㎡)');
    expect(tidyText('　３号楼 \t 2单元　')).toBe('3号楼 2单元');
  });
});
