import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestApp } from '../support/app.ts';
import { SpendingBuilder } from '../support/spending-builder.ts';

let app: TestApp;
let estate: SpendingBuilder;

beforeAll(async () => {
  app = await TestApp.start();
  estate = await SpendingBuilder.start(app);
});
afterAll(() => app.stop());

test('two spends are approved at once against the last of one decision: one of them has it', async () => {
  const decision = await estate.decision('业主大会2026-2-1');
  const facts = { decisionNo: decision.number, amountFen: 3_000_000 };
  const [{ body: first }, { body: second }] = [await estate.apply(facts), await estate.apply(facts)];
  const { chair, member } = estate.books;
  const answers = await Promise.all([
    estate.step(first, 'confirm', chair),
    estate.step(second, 'confirm', member),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await estate.costOf(decision)).toMatchObject({ spentFen: 3_000_000, leftFen: 2_000_000 });
  const states = await app.database.rows<{ state: string }>(
    'SELECT state FROM spending_requests WHERE decision_id = ? ORDER BY state',
    [decision.id],
  );
  expect(states.map(({ state }) => state)).toEqual(['APPLIED', 'COMMITTEE_CONFIRMED']);
});

test('two clerks each apply for half of what the owners decide on: one of them may', async () => {
  const half = { amountFen: 250_000, category: 'GREENING', payee: '奇台县青禾园林绿化有限公司' } as const;
  const answers = await Promise.all([
    estate.apply(half, estate.manager),
    estate.apply(half, estate.books.treasurer),
    estate.apply({ ...half, category: 'REPAIR_COMMON' }, estate.books.member),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
  const refused = answers.filter(({ status }) => status === 422).map(({ body }) => body.code);
  for (const code of refused) expect(code).toMatch(/^SPENDING\.SPLIT_/);
  const rows = await app.database.rows('SELECT id FROM spending_requests WHERE payee = ?', [half.payee]);
  expect(rows).toHaveLength(1);
});

test('a confirmation meets a withdrawal: whichever is last, the decision is charged for what stands', async () => {
  const decision = await estate.decision('业主大会2026-2-2');
  const { body } = await estate.apply({ decisionNo: decision.number });
  const answers = await Promise.all([
    estate.step(body, 'confirm', estate.books.chair),
    estate.step(body, 'withdraw', estate.manager),
  ]);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  const row = await app.database.row<{ state: string }>('SELECT state FROM spending_requests WHERE id = ?', [
    body.id,
  ]);
  const stands = row?.state === 'COMMITTEE_CONFIRMED';
  expect(stands || row?.state === 'WITHDRAWN').toBe(true);
  expect(await estate.costOf(decision)).toMatchObject({ spentFen: stands ? 2_000_000 : 0 });
});

test('it is paid twice at once: one payment, one entry in the ledger', async () => {
  const { body } = await estate.apply({ amountFen: 100 });
  await estate.step(body, 'confirm', estate.books.chair);
  await estate.step(body, 'file', estate.street);
  const answers = await Promise.all([
    estate.pay(body, estate.books.treasurer, { bankLineNo: 'LINE-1' }),
    estate.pay(body, estate.books.member, { bankLineNo: 'LINE-2' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const entries = await app.database.rows('SELECT id FROM ledger_entries WHERE document_id = ?', [body.id]);
  expect(entries).toHaveLength(1);
});
