import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { QuarterBooks } from '@linli/shared/income';
import { TestApp } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import { IncomeBuilder, spend, statement } from '../support/income-builder.ts';
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
