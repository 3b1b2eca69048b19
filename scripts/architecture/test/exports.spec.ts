import { describe, expect, test } from '@jest/globals';
import { findUnusedExports } from '../exports.ts';

const said = (files: Readonly<Record<string, string>>) =>
  findUnusedExports(new Map(Object.entries(files))).map(({ file, message }) => `${file}: ${message}`);

describe('what is exported', () => {
  test('is named by another file, be it a test', () => {
    expect(
      said({
        'shared/src/fees.ts': 'export const RATE = 1;\nexport function bill() {}\n',
        'server/src/fees.service.ts': "import { RATE } from './fees.ts';\nRATE;\n",
        'shared/test/fees.spec.ts': 'bill();\n',
      }),
    ).toEqual([]);
  });

  test('is not, where its own file alone needs it', () => {
    expect(
      said({
        'shared/src/fees.ts':
          'export async function bill() {\n  return RATE + RATES;\n}\nexport const RATE = 1;\n',
        'shared/src/other.ts': 'const RATES = 2;\n',
      }),
    ).toEqual([
      'shared/src/fees.ts: No other file names bill.',
      'shared/src/fees.ts: No other file names RATE.',
    ]);
  });

  test('as a type may be part of what its file says', () => {
    expect(
      said({
        'shared/src/fees.ts':
          'export interface Bill {}\nexport type Dead = 1;\nexport const bill = (): Bill => ({});\n',
        'shared/src/pay.ts': 'bill();\n',
      }),
    ).toEqual(['shared/src/fees.ts: No other file names Dead.']);
  });

  test('in the text of a test is none of its exports', () => {
    expect(said({ 'scripts/rules.spec.ts': 'check(`\nexport const a = 1;\n`);\n' })).toEqual([]);
  });
});
