import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { StatementView } from '@linli/shared/income';
import { TestApp } from '../support/app.ts';
import { IncomeBuilder, income, spend, statement } from '../support/income-builder.ts';

let app: TestApp;
let books: IncomeBuilder;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
beforeEach(async () => {
  books = await IncomeBuilder.start(app);
});

const chain = () =>
  app.database.rows<{ quarter: string; chain_no: number; hash: string; prev_hash: string | null }>(
    'SELECT quarter, chain_no, hash, prev_hash FROM income_statements WHERE estate_id = ? AND chain_no IS NOT NULL ORDER BY chain_no',
    [books.estateId],
  );

async function submitted(request: Parameters<IncomeBuilder['begin']>[0]): Promise<string> {
  const { body } = await books.begin(request);
  await books.step(body.id, 'submit', books.treasurer, { revision: 1 });
  return body.id;
}

test('two members publish one statement at once: it is published once, by one of them', async () => {
  const id = await submitted(statement('2026Q1', 0));
  const answers = await Promise.all(
    [books.chair, books.member, books.chair, books.member].map((person) =>
      books.step(id, 'publish', person, { revision: 1 }),
    ),
  );
  const winners = new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.reviewedBy));
  expect(winners.size).toBe(1);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(await chain()).toHaveLength(1);
  const told = await app.database.rows(
    `SELECT id FROM audit_log WHERE subject_id = ? AND action = 'STATEMENT.PUBLISHED'`,
    [id],
  );
  expect(told).toHaveLength(1);
});

test('a publication and a return meet: one of them wins, whole', async () => {
  const id = await submitted(statement('2026Q1', 0));
  const [published, returned] = await Promise.all([
    books.step(id, 'publish', books.chair, { revision: 1 }),
    books.step(id, 'return', books.member, { reason: '金额不对' }),
  ]);
  expect([published.status, returned.status].filter((status) => status === 200)).toHaveLength(1);
  const [row] = await app.database.rows<{ state: string; hash: string | null }>(
    'SELECT state, hash FROM income_statements WHERE id = ?',
    [id],
  );
  expect(row?.state).toBe(published.status === 200 ? 'PUBLISHED' : 'RETURNED');
  expect(row?.hash === null).toBe(published.status !== 200);
});

test('a correction and the next quarter are published at once: the chain stays one line, and what no longer follows is flagged', async () => {
  const first = await books.published(statement('2026Q1', 10_000_000));
  const { body: draft } = await books.amend(first.id, '少记了一笔维修费');
  const lines = [income('2026Q1'), spend('2026Q1', { amountFen: 496_000 })];
  await books.save(draft.id, statement('2026Q1', 10_000_000, lines, { revision: 1 }));
  await books.step(draft.id, 'submit', books.treasurer, { revision: 2 });
  const next = await submitted(statement('2026Q2', first.closingFen));
  const answers = await Promise.all([
    books.step(draft.id, 'publish', books.chair, { revision: 2 }),
    books.step(next, 'publish', books.member, { revision: 1 }),
  ]);
  expect(answers[0]?.status).toBe(200);
  // Either the next quarter came first and is flagged, or it was checked against the correction and refused.
  const { body: overview } = await app.get<{ mismatched: string[] }>(books.url(), books.chair.token);
  if (answers[1]?.status === 200) expect(overview.mismatched).toEqual(['2026Q2']);
  else expect(answers[1]?.body.fields.map(({ code }) => code)).toEqual(['INCOME.OPENING_MISMATCH']);
  const links = await chain();
  expect(links.map(({ chain_no }) => chain_no)).toEqual(links.map((_, index) => index + 1));
  expect(links.slice(1).map(({ prev_hash }) => prev_hash)).toEqual(
    links.slice(0, -1).map(({ hash }) => hash),
  );
});

test('corrections of two quarters at once both arrive, one linked behind the other', async () => {
  const first = await books.published(statement('2026Q1', 0));
  const second = await books.published(statement('2026Q2', first.closingFen));
  const drafts = await Promise.all([
    books.amend(first.id, '凭证号写错'),
    books.amend(second.id, '凭证号写错'),
  ]);
  for (const [index, { body }] of drafts.entries()) {
    const quarter = index === 0 ? '2026Q1' : '2026Q2';
    const lines = [income(quarter), spend(quarter, { voucherNo: 'V-9999' })];
    const opening = index === 0 ? 0 : first.closingFen;
    await books.save(body.id, statement(quarter, opening, lines, { revision: 1 }));
    await books.step(body.id, 'submit', books.treasurer, { revision: 2 });
  }
  const answers = await Promise.all(
    drafts.map(({ body }) => books.step(body.id, 'publish', books.chair, { revision: 2 })),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const links = await chain();
  expect(links.map(({ chain_no }) => chain_no)).toEqual([1, 2, 3, 4]);
  expect(new Set(links.map(({ prev_hash }) => prev_hash)).size).toBe(4);
});

test('two corrections of one version cannot both be worked on', async () => {
  const first = await books.published(statement('2026Q1', 0));
  const answers = await Promise.all([
    books.amend(first.id, '少记一笔', books.treasurer),
    books.amend(first.id, '多记一笔', books.member),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('INCOME.QUARTER_EXISTS');
});

test('the database itself refuses a publication by its submitter, and a second version in force', async () => {
  const first = await books.published(statement('2026Q1', 0));
  const draft = await books.begin(statement('2026Q2', first.closingFen));
  const attempt = (sql: string, values: readonly (string | number)[]) =>
    app.database.transaction((tx) => tx.run(sql, values));
  await expect(
    attempt(`UPDATE income_statements SET reviewed_by = submitted_by WHERE id = ?`, [first.id]),
  ).rejects.toThrow();
  await expect(
    attempt(`UPDATE income_statements SET current_key = '2026Q1' WHERE id = ?`, [draft.body.id]),
  ).rejects.toThrow();
  const { body } = await app.get<StatementView>(books.url('/quarters/2026Q1'), books.chair.token);
  expect(body.reviewedBy).toBe('周建国');
});
