import { describe, expect, test } from '@jest/globals';
import { checkSource } from '../source-rules.ts';

const rules = (file: string, text: string) => checkSource(file, text).map((violation) => violation.rule);

describe('the environment', () => {
  test.each([
    'const port = process.env.PORT;',
    "const port = process.env['PORT'];",
    'const { PORT } = process.env;',
  ])('is not read by a feature: %s', (text) => {
    expect(rules('server/src/features/fees/index.ts', text)).toEqual(['environment-is-read-once']);
  });

  test('is read by config alone, which programs ask', () => {
    expect(rules('server/src/config/environment.ts', 'export const port = process.env.PORT;')).toEqual([]);
    expect(rules('server/src/main.ts', 'const environment = readEnvironment();')).toEqual([]);
    expect(rules('server/src/main.ts', 'f(process.env);')).toEqual(['environment-is-read-once']);
  });

  test('may be talked about', () => {
    expect(
      rules('server/src/kernel/clock/clock.ts', '// not from process.env\nconst a = "process.env";'),
    ).toEqual([]);
  });
});

test('a cycle hidden behind forwardRef is found', () => {
  const text =
    "import { forwardRef, Inject } from '@nestjs/common'; class A { constructor(@Inject(forwardRef(() => B)) b) {} }";
  expect(rules('server/src/features/fees/fees.module.ts', text)).toEqual(['no-forward-ref']);
});

test('a field that lets null past its rules is found', () => {
  const text =
    "import { IsOptional, IsInt } from 'class-validator'; class D { @IsOptional() @IsInt() rate; }";
  expect(rules('server/src/features/fees/dto/fees.dto.ts', text)).toEqual(['left-out-is-not-null']);
});

test('an ORM that alters tables is found, in tests too', () => {
  expect(rules('server/test/db/a.spec.ts', 'const options = { synchronize: true };')).toEqual([
    'no-synchronize',
  ]);
  expect(rules('server/test/db/a.spec.ts', 'const options = { synchronize: false };')).toEqual([]);
});

test('a rule that looks at the wall clock is found; one that turns an instant into a date is not', () => {
  expect(rules('shared/src/fees/rules.ts', 'const now = Date.now();')).toEqual(['no-dates-from-the-wall']);
  expect(rules('shared/src/fees/rules.ts', 'const now = new Date();')).toEqual(['no-dates-from-the-wall']);
  expect(rules('shared/src/fees/rules.ts', 'const date = new Date(now);')).toEqual([]);
});

describe('money', () => {
  test.each([
    'const half = amountFen / 2;',
    'amountFen /= 2;',
    'const rest = amountFen % 100;',
    'const fee = Math.round(amountFen * 0.006);',
    "const fen = parseFloat('1.5') * 100;",
    'const text = amountFen.toFixed(2);',
  ])('is not divided or rounded where it is booked: %s', (text) => {
    expect(rules('shared/src/ledger/events.ts', text)).toEqual(['money-is-not-divided']);
    expect(rules('server/src/features/payments/settle.service.ts', text)).toEqual(['money-is-not-divided']);
  });

  test('is shared out by the rules of the fees, and counted anywhere', () => {
    expect(rules('shared/src/fees/arithmetic.ts', 'const half = amountFen / 2;')).toEqual([]);
    expect(rules('shared/src/ledger/events.ts', 'const sum = a + b - c * 2; // a / b')).toEqual([]);
  });
});

test('a rule switched off without a word is found', () => {
  expect(rules('miniapp/src/a.tsx', '// oxlint-disable-next-line no-console\nf();')).toEqual([
    'suppressions-carry-a-reason',
  ]);
  expect(rules('miniapp/src/a.tsx', '// @ts-ignore\nf();')).toEqual(['suppressions-carry-a-reason']);
  expect(
    rules('miniapp/src/a.tsx', '// oxlint-disable-next-line no-console -- the terminal is the screen\nf();'),
  ).toEqual([]);
  expect(rules('miniapp/src/a.tsx', '// @ts-expect-error a sentence is missing\nf();')).toEqual([]);
});

test('a file named after nothing is found', () => {
  expect(rules('shared/src/kernel/utils.ts', '')).toEqual(['files-say-one-thing']);
  expect(rules('shared/src/kernel/utilities-bill.ts', '')).toEqual([]);
});

test('decorators and JSX are read', () => {
  const controller =
    '@Controller() export class A { constructor(private readonly a: string) { process.env.A; } }';
  expect(rules('server/src/features/fees/fees.controller.ts', controller)).toEqual([
    'environment-is-read-once',
  ]);
  expect(rules('shared/src/fees/page.tsx', 'const a = <b>{Date.now()}</b>;')).toEqual([
    'no-dates-from-the-wall',
  ]);
});
