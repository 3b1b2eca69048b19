import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { QuarterBooks } from '@linli/shared/income';
import { TestApp } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { IncomeBuilder, spend, statement } from '../support/income-builder.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { balances } from '../support/ledger-reader.ts';

let app: TestApp;
let books: IncomeBuilder;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
beforeEach(async () => {
  books = await IncomeBuilder.start(app);
});

const fund = () => balances(app.database, books.estateId, 'PUBLIC_INCOME');

test('five people take one line back at once: it is taken back once', async () => {
  const line = spend('2026Q1', { amountFen: 30_000 });
  const { body } = await app.post<QuarterBooks>(
    books.url('/books/lines'),
    books.treasurer.token,
    { line },
    newKey(),
  );
  const url = books.url(`/books/lines/${body.lines[0]?.id ?? ''}/take-back`);
  const answers = await Promise.all(
    [books.chair, books.member, books.treasurer, books.chair, books.member].map((person) =>
      app.post<ErrorBody>(url, person.token, { reason: '记重了' }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  expect(await fund()).toEqual({});
});

test('a statement is submitted ten times at once: each of its lines is booked once', async () => {
  const { body } = await books.begin(statement('2026Q1', 0));
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => books.step(body.id, 'submit', books.treasurer, { revision: 1 })),
  );
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(await fund()).toMatchObject({ FUND_INCOME: 3_864_000, FUND_SPEND: 486_000 });
});

test('a submission and a discard meet: the books say what came of it', async () => {
  const { body } = await books.begin(statement('2026Q1', 0));
  await Promise.all([
    books.step(body.id, 'submit', books.treasurer, { revision: 1 }),
    books.step(body.id, 'discard', books.chair),
  ]);
  const row = await app.database.row<{ state: string }>('SELECT state FROM income_statements WHERE id = ?', [
    body.id,
  ]);
  const sums = await fund();
  expect([row?.state, sums.FUND_INCOME]).toEqual(
    row?.state === 'SUBMITTED' ? ['SUBMITTED', 3_864_000] : ['DISCARDED', undefined],
  );
});

/** It carries a million yuan. */
const DECISION = '业主大会2025-1-1';
const spentUnder = async () => {
  const row = await app.database.row<{ spent_fen: number }>(
    `SELECT f.spent_fen FROM decision_follow_ups f JOIN decisions d ON d.id = f.decision_id
     WHERE d.estate_id = ? AND d.decision_number = ?`,
    [books.estateId, DECISION],
  );
  return row?.spent_fen;
};

test('two lines that each fit alone are booked at once: one has what is left of the decision', async () => {
  const book = (person: TestPerson, voucherNo: string) => {
    const line = spend('2026Q1', { amountFen: 60_000_000, decisionNo: DECISION, voucherNo });
    return app.post<ErrorBody>(books.url('/books/lines'), person.token, { line }, newKey());
  };
  const answers = await Promise.all([book(books.treasurer, 'V-1'), book(books.member, 'V-2')]);
  const [booked, refused] = answers.sort((a, b) => a.status - b.status);
  expect(booked?.status).toBe(201);
  expect(['SPEND.NOT_ENOUGH', 'INCOME.LINE_INVALID']).toContain(refused?.body.code);
  expect(await spentUnder()).toBe(60_000_000);
  expect(await fund()).toMatchObject({ FUND_SPEND: 60_000_000 });
  expect(await brokenInvariants(app.database)).toEqual({});
});

test('two statements that each fit alone are submitted at once: one has what is left of the decision', async () => {
  const begun = await Promise.all(
    ['2026Q1', '2026Q2'].map((quarter) =>
      books.begin(statement(quarter, 0, [spend(quarter, { amountFen: 60_000_000, decisionNo: DECISION })])),
    ),
  );
  const answers = await Promise.all(
    begun.map(({ body }) => books.step(body.id, 'submit', books.treasurer, { revision: 1 })),
  );
  const [submitted, refused] = answers.sort((a, b) => a.status - b.status);
  expect(submitted?.status).toBe(200);
  expect(['SPEND.NOT_ENOUGH', 'INCOME.STATEMENT_INVALID']).toContain(refused?.body.code);
  expect(await spentUnder()).toBe(60_000_000);
  expect(await brokenInvariants(app.database)).toEqual({});
});
