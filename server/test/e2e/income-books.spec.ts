import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Decision } from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import type {
  IncomeDesk,
  LineTrace,
  QuarterBooks,
  SpendLine,
  StatementDraftView,
  StatementLine,
  StatementView,
} from '@linli/shared/income';
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  quarterEnd,
  quarterOf,
  shanghaiDate,
  startOfDay,
  yearOf,
  yuanText,
} from '@linli/shared/kernel';
import type { TrialBalanceView } from '@linli/shared/ledger';
import type { BankImport } from '@linli/shared/reconcile';
import type { DecisionCost, SpendingPage } from '@linli/shared/spending';
import { openDatabase } from '../../src/kernel/database/index.ts';
import { TEST_NOW, type TestApp } from '../support/app.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { newKey } from '../support/assembly-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { multipart } from '../support/multipart.ts';
import { income, spend, statement } from '../support/income-builder.ts';
import { balances } from '../support/ledger-reader.ts';
import { ParkingBuilder, SPACE_FEN, turnClocks } from '../support/parking-builder.ts';
import { PayWorld } from '../support/pay-world.ts';
import { SpendingBuilder } from '../support/spending-builder.ts';

/** Its merchant collects for public income. */
let world: PayWorld;
let app: TestApp;
let estate: SpendingBuilder;

beforeAll(async () => {
  world = await PayWorld.start({}, 'PUBLIC_INCOME');
  app = world.app;
});
afterAll(() => world.stop());
beforeEach(async () => {
  app.clock.set(Math.max(TEST_NOW, app.clock.now()));
  estate = await SpendingBuilder.start(app);
  const { books } = estate;
  await books.decision('业主大会2024-1-3', '2024-05-18', 8, 'SPECIAL');
});

const fund = () => balances(app.database, estate.books.estateId, 'PUBLIC_INCOME');

function book(
  line: StatementLine,
  by: TestPerson = estate.books.treasurer,
  key = newKey(),
): Promise<{ status: number; body: QuarterBooks & ErrorBody }> {
  return app.post(estate.books.url('/books/lines'), by.token, { line }, key);
}

const takeBack = (id: string, reason: string, by: TestPerson = estate.books.treasurer) =>
  app.post<QuarterBooks & ErrorBody>(estate.books.url(`/books/lines/${id}/take-back`), by.token, { reason });

const booksOf = async (quarter: string) =>
  (await app.get<QuarterBooks>(estate.books.url(`/books?quarter=${quarter}`), estate.books.treasurer.token))
    .body;

const fromBooks = (quarter: string, key = newKey()) =>
  app.post<StatementDraftView & ErrorBody>(
    estate.books.url('/statements/from-books'),
    estate.books.treasurer.token,
    { quarter },
    key,
  );

const trace = (statementId: string, index: number, by: TestPerson = estate.owner) =>
  app.get<LineTrace & ErrorBody>(
    estate.books.url(`/statements/${statementId}/lines/${index}/trace`),
    by.token,
  );

/** A payment out of the joint account, today, found on the bank's statement. */
async function paid(): Promise<{
  readonly id: string;
  readonly quarter: string;
  readonly decision: Decision;
}> {
  const { chair, treasurer } = estate.books;
  const decision = await estate.decision();
  const { body } = await estate.apply({ decisionNo: decision.number }, estate.manager);
  await estate.step(body, 'confirm', chair);
  await estate.step(body, 'file', estate.street);
  expect((await estate.pay(body, treasurer)).body.state).toBe('PAID');
  await estate.importLines(treasurer, [estate.today, '20000.00', body.payee, 'B-1']);
  const reconciled = await estate.step(body, 'reconcile', estate.books.member, { serial: 'B-1' });
  expect(reconciled.body.state).toBe('RECONCILED');
  return { id: body.id, quarter: quarterOf(estate.today), decision };
}

// First: nothing was paid by WeChat yet, and what is rebuilt is all there is.
describe('a database of before there were books', () => {
  test('gets the same sums from what is published, and every line is traced', async () => {
    const first = await estate.books.published(statement('2026Q1', 700));
    const second = await estate.books.published(statement('2026Q2', first.closingFen, [income('2026Q2')]));
    const before = await fund();
    const { database, environment } = app;
    for (const sql of [
      'DROP TABLE income_voucher_copies',
      'DROP TABLE income_book_corrections',
      'DROP TABLE income_book_lines',
      'DROP TABLE ledger_entries',
      "DELETE FROM migrations WHERE name IN ('Ledger1763701800000', 'IncomeBooks1763701890500', 'ChargedLines1763701910000')",
    ])
      await database.transaction((tx) => tx.run(sql));
    await (await openDatabase(environment, { migrate: true })).close();
    expect(await fund()).toEqual(before);
    for (const [id, index] of [
      [first.id, 1],
      [second.id, 0],
    ] as const)
      expect((await trace(id, index)).body.entries).not.toEqual([]);
    expect(await brokenInvariants(database)).toEqual({});
  });
});

describe('a statement that is published', () => {
  test('stands in the ledger line by line, and its closing balance is what the bank account holds there', async () => {
    const { body: begun } = await estate.books.begin(statement('2026Q1', 5_000_000));
    expect(await fund()).toEqual({});
    const published = await estate.books.publishDraft(begun);
    expect(await fund()).toEqual({
      BANK: published.closingFen,
      FUND_BALANCE: 5_000_000,
      FUND_INCOME: 3_864_000,
      FUND_COST: 579_600,
      FUND_SPEND: 486_000,
    });
    const ledger = `/api/estates/${estate.books.estateId}/ledger/trial-balance`;
    const { body } = await app.get<TrialBalanceView>(ledger, estate.books.treasurer.token);
    const book = body.books.find(({ book: name }) => name === 'PUBLIC_INCOME');
    expect(book?.debitFen).toBe(book?.creditFen);
  });

  test('opens each line to its entries, its voucher with the original’s hash, and who booked it', async () => {
    const voucher = await estate.books.file(estate.books.treasurer);
    const lines = [income('2026Q1'), spend('2026Q1', { voucherIds: [voucher] })];
    const { id } = await estate.books.published(statement('2026Q1', 0, lines));
    const earned = (await trace(id, 0)).body;
    expect(earned.booked).toMatchObject({ source: 'STATEMENT', bookedBy: '陈玉芬', takenBack: null });
    expect(earned.entries.map(({ sentence }) => sentence)).toEqual([
      '收入 38,640.00 元，进了公共收益的银行账户',
      '为这笔收入付出成本 5,796.00 元',
    ]);
    expect(earned).toMatchObject({ vouchers: [], bankLine: null });
    const spent = (await trace(id, 1)).body;
    expect(spent.entries.map(({ amountFen, debit }) => [amountFen, debit.subjectName])).toEqual([
      [486_000, '公共设施维修'],
    ]);
    const body = Buffer.from('%PDF-1.4\n% a scan\n');
    expect(spent.vouchers).toMatchObject([
      {
        originalId: voucher,
        isRedacted: false,
        originalSha256: createHash('sha256').update(body).digest('hex'),
        shown: { id: voucher },
      },
    ]);
  });

  test('is traced by those who may read it, and only where it is', async () => {
    const { id } = await estate.books.published(statement('2026Q1', 0));
    const tenant = await app.build.inRole('TENANT', estate.books.estateId);
    const stranger = await app.build.inRole('OWNER', await app.build.estate('别的小区'));
    expect((await trace(id, 0, tenant)).status).toBe(403);
    expect((await trace(id, 0, stranger)).status).toBe(403);
    expect((await trace(id, 2)).status).toBe(404);
    expect((await trace(id, Number.NaN)).status).toBe(404);
    const draft = await estate.books.begin(statement('2026Q2', 2_798_400));
    expect((await trace(draft.body.id, 0)).status).toBe(404);
  });

  test('and corrected: the wrong line is taken back in the books, both stay, and the sums are the new ones', async () => {
    const first = await estate.books.published(statement('2026Q1', 100));
    const { body: draft } = await estate.books.amend(first.id, '维修费少记了');
    const lines = [income('2026Q1'), spend('2026Q1', { amountFen: 490_000 })];
    const saved = await estate.books.save(draft.id, statement('2026Q1', 100, lines, { revision: 1 }));
    const second = await estate.books.publishDraft(saved.body);
    expect(await fund()).toMatchObject({ BANK: second.closingFen, FUND_SPEND: 490_000, FUND_BALANCE: 100 });
    const wrong = (await trace(first.id, 1)).body;
    expect(wrong.booked?.takenBack).toMatchObject({ by: '陈玉芬', reason: '季报里改了这一笔' });
    expect(wrong.entries.map(({ event }) => event)).toEqual(['STATEMENT_LINE', 'CORRECTION']);
    // The line that did not change was booked once.
    const kept = [(await trace(first.id, 0)).body.booked?.id, (await trace(second.id, 0)).body.booked?.id];
    expect(kept[0]).toBe(kept[1]);
    expect((await booksOf('2026Q1')).published).toEqual({ id: second.id, isBehind: false });
  });

  test('with another opening balance of the first quarter: the former one is taken back', async () => {
    const first = await estate.books.published(statement('2026Q2', 700, [income('2026Q2')]));
    expect(await fund()).toMatchObject({ FUND_BALANCE: 700 });
    await estate.books.published(statement('2026Q1', -3_283_700, [income('2026Q1')]));
    expect(await fund()).toMatchObject({ FUND_BALANCE: -3_283_700, BANK: first.closingFen });
  });
});

describe('a statement that was submitted', () => {
  test('and returned, changed and discarded leaves nothing in the sums of the books', async () => {
    const { body } = await estate.books.begin(statement('2026Q1', 0));
    await estate.books.step(body.id, 'submit', estate.books.treasurer, { revision: 1 });
    expect(await fund()).toMatchObject({ FUND_INCOME: 3_864_000 });
    await estate.books.step(body.id, 'return', estate.books.chair, { reason: '成本不对' });
    const discarded = await estate.books.step(body.id, 'discard', estate.books.treasurer);
    expect(discarded.status).toBe(204);
    expect(await fund()).toEqual({});
    const { lines } = await booksOf('2026Q1');
    expect(lines.map(({ takenBack }) => takenBack?.reason)).toEqual(['季报里改了这一笔', '季报里改了这一笔']);
  });

  test('a second time books only what changed', async () => {
    const { body } = await estate.books.begin(statement('2026Q1', 0));
    await estate.books.step(body.id, 'submit', estate.books.treasurer, { revision: 1 });
    await estate.books.step(body.id, 'take-back', estate.books.treasurer);
    const lines = [income('2026Q1'), spend('2026Q1', { note: '换了电机', voucherNo: 'V-9' })];
    await estate.books.save(body.id, statement('2026Q1', 0, lines, { revision: 1 }));
    await estate.books.step(body.id, 'submit', estate.books.treasurer, { revision: 2 });
    expect((await booksOf('2026Q1')).lines.map(({ takenBack }) => takenBack)).toEqual([null, null]);
  });
});

describe('the treasurer books as it happens', () => {
  const line = () => spend('2026Q1', { amountFen: 30_000, counterparty: '城东五金', note: '锁芯' });

  test('and the quarter’s statement is made from the books', async () => {
    const before = await estate.books.published(statement('2025Q4', 900));
    await book(income('2026Q1'));
    const { body: now } = await book(line());
    expect(now).toMatchObject({
      quarter: '2026Q1',
      incomeNetFen: 3_284_400,
      spendFen: 30_000,
      draftId: null,
    });
    expect(now.lines.map(({ source, bookedBy }) => [source, bookedBy])).toEqual([
      ['JOURNAL', '陈玉芬'],
      ['JOURNAL', '陈玉芬'],
    ]);
    const { status, body: draft } = await fromBooks('2026Q1');
    expect(status).toBe(201);
    expect(draft).toMatchObject({
      openingFen: before.closingFen,
      closingFen: before.closingFen + 3_284_400 - 30_000,
      accountHolder: before.accountHolder,
      lines: [{ netFen: 3_284_400 }, { amountFen: 30_000, note: '锁芯' }],
    });
    expect(draft.faults.map(({ code }) => code)).toEqual(['INCOME.BANK_MISSING']);
    const { quarter, openingFen, closingFen, accountHolder } = draft;
    const lines = [income('2026Q1'), line()];
    const facts = { quarter, openingFen, closingFen, accountHolder, lines, bankBalanceFen: closingFen };
    const saved = await estate.books.save(draft.id, { ...facts, reconciling: [], revision: 1 });
    const published = await estate.books.publishDraft(saved.body);
    expect((await trace(published.id, 1)).body.booked).toMatchObject({ source: 'JOURNAL', line: line() });
    expect(await fund()).toMatchObject({ BANK: published.closingFen });
  });

  test('twice with one tap is once; nothing is refused without its reason', async () => {
    const key = newKey();
    const answers = await Promise.all([book(line(), undefined, key), book(line(), undefined, key)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect((await booksOf('2026Q1')).lines).toHaveLength(1);
    const future = await book({ ...line(), date: addDays(estate.today, 1) });
    expect(future.body.code).toBe('INCOME.LINE_IN_FUTURE');
    const large = await book(spend('2026Q1', { amountFen: 90_000_000 }));
    expect(large.body).toMatchObject({
      code: 'INCOME.LINE_INVALID',
      fields: [{ path: 'line.decisionNo', code: 'INCOME.VOTE_REQUIRED' }],
    });
    const business = await book(income('2026Q1', { decisionNo: null, contractNo: null }));
    expect(business.body.fields.map(({ code }) => code)).toContain('INCOME.BUSINESS_NOT_AUTHORISED');
    expect((await book({ ...line(), note: 'x'.repeat(301) })).status).toBe(400);
    expect((await book(line(), estate.owner)).status).toBe(403);
    // 奇台: the committee keeps the books alone.
    expect((await book(line(), estate.manager)).status).toBe(403);
    expect((await fromBooks('2025Q3')).body.code).toBe('INCOME.BOOKS_EMPTY');
  });

  test('what was booked wrongly is taken back with its reason, once, and stays to be read', async () => {
    const { body } = await book(line());
    const id = body.lines[0]?.id ?? '';
    expect((await takeBack(id, ' ')).body.code).toBe('INCOME.TAKE_BACK_REASON');
    const done = await takeBack(id, '记到别的小区去了');
    expect(done.body.lines).toMatchObject([{ takenBack: { by: '陈玉芬', reason: '记到别的小区去了' } }]);
    expect(done.body.spendFen).toBe(0);
    expect((await takeBack(id, '记到别的小区去了')).body.code).toBe('INCOME.LINE_TAKEN_BACK');
    expect(await fund()).toEqual({});
    const other = await SpendingBuilder.start(app);
    const foreign = other.books.url(`/books/lines/${id}/take-back`);
    expect((await app.post(foreign, other.books.treasurer.token, { reason: '不是我的' })).status).toBe(404);
  });

  test('a line of a submitted statement is changed in the statement, not here', async () => {
    await estate.books.published(statement('2026Q1', 0));
    const [first] = (await booksOf('2026Q1')).lines;
    expect((await takeBack(first?.id ?? '', '不对')).body.code).toBe('INCOME.LINE_OF_STATEMENT');
  });

  test('after publication the keepers are told that a correction is due, and owners still read what was published', async () => {
    const published = await estate.books.published(statement('2026Q1', 0));
    await book(line());
    const desk = await app.get<IncomeDesk>(estate.books.url('/drafts'), estate.books.treasurer.token);
    expect(desk.body.behind).toEqual(['2026Q1']);
    const told = await app.database.rows<{ person_id: string }>(
      "SELECT person_id FROM inbox_messages WHERE estate_id = ? AND title LIKE '%公共收益要更正'",
      [estate.books.estateId],
    );
    const { chair, member } = estate.books;
    expect(told.map(({ person_id }) => person_id).sort()).toEqual([chair.personId, member.personId].sort());
    const view = await app.get<StatementView>(
      estate.books.url(`/statements/${published.id}`),
      estate.owner.token,
    );
    expect(view.body.lines).toHaveLength(2);
    const { body: draft } = await estate.books.amend(published.id, '漏了一笔');
    expect(draft.faults.map(({ code }) => code)).toEqual(['INCOME.BOOKED_MISSING']);
    const filled = await app.post<StatementDraftView & ErrorBody>(
      estate.books.url(`/statements/${draft.id}/from-books`),
      estate.books.treasurer.token,
      { revision: 1 },
    );
    expect(filled.body).toMatchObject({ revision: 2, closingFen: published.closingFen - 30_000 });
    expect(filled.body.faults.map(({ code }) => code)).toEqual(['INCOME.BANK_MISMATCH']);
    const again = await app.post<ErrorBody>(
      estate.books.url(`/statements/${draft.id}/from-books`),
      estate.books.treasurer.token,
      { revision: 2 },
    );
    expect(again.body.code).toBe('INCOME.NOTHING_TO_TAKE');
  });
});

describe('a spend of the books that cites a decision', () => {
  const decided = (facts: Partial<SpendLine> = {}) =>
    spend(quarterOf(estate.today), {
      category: 'FACILITY_UPGRADE',
      date: estate.today,
      amountFen: 3_000_000,
      decisionNo: '业主大会2026-2-1',
      ...facts,
    });
  const costOf = async (decisionId: string, by: TestPerson = estate.owner) =>
    app.get<DecisionCost & ErrorBody>(estate.books.url(`/decisions/${decisionId}/spends`), by.token);

  test('is charged to it when it is booked, and gives the amount back when it is taken back', async () => {
    const decision = await estate.decision();
    const { status, body } = await book(decided({ note: '门禁主机 12 台' }));
    expect(status).toBe(201);
    const id = body.lines[0]?.id ?? '';
    expect(await estate.costOf(decision)).toMatchObject({ spentFen: 3_000_000, leftFen: 2_000_000 });
    expect((await costOf(decision.id)).body.items).toEqual([
      {
        id,
        requestId: null,
        category: 'FACILITY_UPGRADE',
        text: '门禁主机 12 台',
        payee: '奇台县顺达机电',
        amountFen: 3_000_000,
        on: estate.today,
        place: null,
      },
    ]);
    const second = await book(decided({ amountFen: 2_000_001, voucherNo: 'V-2' }));
    expect(second.body.fields).toMatchObject([
      {
        path: 'line.decisionNo',
        code: 'INCOME.DECISION_NOT_ENOUGH',
        message:
          '“业主大会2026-2-1”还剩 20,000.00 元，不够这一笔 20,000.01 元。超出的部分要由业主大会另行决定',
      },
    ]);
    await takeBack(id, '发票开错了');
    expect(await estate.costOf(decision)).toMatchObject({ spentFen: 0 });
    expect((await costOf(decision.id)).body.items).toEqual([]);
    expect((await book(decided({ amountFen: 5_000_000, voucherNo: 'V-3' }))).status).toBe(201);
    const { events } = await estate.costOf(decision);
    expect(events.map(({ kind }) => kind)).toEqual(['PLANNED', 'SPENT', 'RELEASED', 'SPENT']);
    expect(await brokenInvariants(app.database)).toEqual({});
  });

  test('is refused where the decision does not carry it: its purpose, its day, its budget, its number', async () => {
    await estate.decision();
    await estate.decision('业主大会2026-2-2', { budgetYear: yearOf(estate.today) });
    const refused = async (facts: Partial<SpendLine>) =>
      (await book(decided(facts))).body.fields.map(({ code }) => code);
    expect(await refused({ decisionNo: null })).toEqual(['INCOME.VOTE_REQUIRED']);
    expect(await refused({ decisionNo: '没有的' })).toEqual(['INCOME.DECISION_UNKNOWN']);
    expect(await refused({ category: 'GREENING' })).toEqual(['INCOME.DECISION_OTHER_PURPOSE']);
    expect(await refused({ date: addDays(estate.today, -1) })).toEqual(['INCOME.DECISION_TOO_LATE']);
    expect(await refused({ decisionNo: '业主大会2026-2-2' })).toEqual(['INCOME.BUDGET_SMALL_ONLY']);
    const last = { decisionNo: '业主大会2026-2-3', date: estate.today };
    await estate.decision(last.decisionNo, { dueOn: estate.today, expiresOn: estate.today });
    app.clock.set(startOfDay(addDays(estate.today, 1)));
    expect(await refused({ ...last, date: estate.today })).toEqual(['INCOME.DECISION_EXPIRED']);
    // What was spent in time may be booked later.
    expect((await book(decided(last))).status).toBe(201);
  });

  describe('in a statement', () => {
    const line = (facts: Partial<SpendLine> = {}) =>
      spend('2026Q1', { amountFen: 60_000_000, decisionNo: '业主大会2025-1-1', ...facts });
    const of = (lines: readonly SpendLine[], revision = 0) => statement('2026Q1', 0, lines, { revision });
    /** It carries a million yuan. */
    const standing = () => estate.books.decision('业主大会2025-1-1', '2025-04-20', 9, 'ORDINARY');

    test('is charged with it: two lines that fit alone do not fit together, and a discard gives it back', async () => {
      const { books } = estate;
      const decision = await standing();
      const { body: draft } = await books.begin(of([line(), line({ voucherNo: 'V-2' })]));
      expect(draft.faults.map(({ path, code }) => `${path} ${code}`)).toEqual([
        'lines[1].decisionNo INCOME.DECISION_NOT_ENOUGH',
      ]);
      const saved = await books.save(draft.id, of([line()], 1));
      await books.step(draft.id, 'submit', books.treasurer, { revision: saved.body.revision });
      expect(await estate.costOf(decision)).toMatchObject({ spentFen: 60_000_000 });
      await books.step(draft.id, 'return', books.chair, { reason: '发票看不清' });
      await books.step(draft.id, 'discard', books.treasurer);
      expect(await estate.costOf(decision)).toMatchObject({ spentFen: 0 });
      expect(await brokenInvariants(app.database)).toEqual({});
    });

    test('is charged what its correction says, opens to its line, and stays so where nobody publishes the correction', async () => {
      const { books } = estate;
      const decision = await standing();
      const first = await books.published(of([line()]));
      const corrected = async (amountFen: number) => {
        const { body } = await books.amend(first.id, '维修少做了一项');
        return (await books.save(body.id, of([line({ amountFen })], 1))).body;
      };
      const { id, revision } = await corrected(99_000_000);
      await books.step(id, 'submit', books.treasurer, { revision });
      expect(await estate.costOf(decision)).toMatchObject({ spentFen: 99_000_000 });
      await books.step(id, 'take-back', books.treasurer);
      expect((await books.step(id, 'discard', books.treasurer)).status).toBe(204);
      expect(await estate.costOf(decision)).toMatchObject({ spentFen: 60_000_000 });
      const second = await books.publishDraft(await corrected(50_000_000));
      expect(await estate.costOf(decision)).toMatchObject({ spentFen: 50_000_000 });
      expect((await costOf(decision.id)).body.items).toMatchObject([
        { amountFen: 50_000_000, place: { statementId: second.id, index: 0, quarter: '2026Q1' } },
      ]);
      expect(await brokenInvariants(app.database)).toEqual({});
    });

    test('is not given back by a correction so that somebody else may spend it too', async () => {
      const { books } = estate;
      const decision = await standing();
      const first = await books.published(of([line()]));
      const { body } = await books.amend(first.id, '维修少做了一项');
      const { revision } = (await books.save(body.id, of([line({ amountFen: 1 })], 1))).body;
      await books.step(body.id, 'submit', books.treasurer, { revision });
      await book(line({ date: '2026-04-01', voucherNo: 'V-2' }));
      await books.step(body.id, 'take-back', books.treasurer);
      const discarded = await books.step(body.id, 'discard', books.treasurer);
      expect(discarded.body.code).toBe('SPEND.SPENT_ELSEWHERE');
      expect(await estate.costOf(decision)).toMatchObject({ spentFen: 60_000_001 });
      expect(await brokenInvariants(app.database)).toEqual({});
    });
  });

  test('is read by the estate’s own', async () => {
    const decision = await estate.decision();
    const other = await SpendingBuilder.start(app);
    expect((await costOf(decision.id, other.owner)).status).toBe(403);
    const foreign = other.books.url(`/decisions/${decision.id}/spends`);
    expect((await app.get(foreign, other.owner.token)).status).toBe(404);
    const tenant = await app.build.inRole('TENANT', estate.books.estateId);
    expect((await costOf(decision.id, tenant)).status).toBe(403);
  });
});

describe('before the first quarter that is published', () => {
  test('nothing is booked by itself, and what was booked is published or taken back first', async () => {
    const { books } = estate;
    const { body: early } = await book(spend('2026Q1', { amountFen: 30_000 }));
    const { body: draft } = await books.begin(statement('2026Q2', 0));
    expect(draft.faults).toEqual([
      {
        path: 'quarter',
        code: 'INCOME.BOOKED_EARLIER',
        message: '2026年第一季度的账簿里已经有收支，要先公示它，或者把那里的收支冲销',
      },
    ]);
    await takeBack(early.lines[0]?.id ?? '', '记到别的年份去了');
    await books.publishDraft(draft);
    const refused = await book(spend('2026Q1', { amountFen: 30_000 }));
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'INCOME.BEFORE_FIRST_QUARTER',
        message:
          '本小区从2026年第二季度开始公示，更早的收支不能单笔记账；要补更早的季度，请从那个季度的季报做起',
      },
    });
    expect((await book(spend('2026Q2', { amountFen: 30_000 }))).status).toBe(201);
  });
});

describe('beside the bank’s statement', () => {
  const bank = (...lines: [on: string, yuan: string, party: string, serial: string][]) =>
    estate.importLines(estate.books.treasurer, ...lines);

  test('a line of the books is followed to the bank: by amount and day, where only one fits', async () => {
    await bank([addDays(quarterEnd('2026Q1'), 2), '4860.00', '奇台县顺达机电', 'OUT']);
    const { id } = await estate.books.published(statement('2026Q1', 0));
    expect((await trace(id, 1)).body.bankLine).toMatchObject({ serial: 'OUT', amountFen: -486_000 });
    await bank([quarterEnd('2026Q1'), '4860.00', '奇台县顺达机电', 'OUT-2']);
    expect((await trace(id, 1)).body.bankLine).toBeNull();
  });

  test('a withdrawal that the books, or the statement that is being made, have as a line of their own is told', async () => {
    const { books } = estate;
    await bank([quarterEnd('2026Q1'), '4860.00', '奇台县顺达机电', 'OUT']);
    expect((await estate.month(books.member, '2026-03')).withdrawals).toMatchObject([{ state: 'OPEN' }]);
    const { body } = await books.begin(statement('2026Q1', 0));
    expect(body.faults).toEqual([]);
    await books.publishDraft(body);
    expect((await estate.month(books.member, '2026-03')).withdrawals).toMatchObject([
      { state: 'BOOKED', paidFor: '公共设施维修' },
    ]);
  });

  test('a large spend in pieces is caught, whether it is booked here or paid out of the joint account', async () => {
    const piece = (facts: object) =>
      book(spend('2026Q1', { amountFen: 300_000, counterparty: '城东五金', ...facts }));
    expect((await piece({})).status).toBe(201);
    expect((await piece({ voucherNo: 'V-2' })).body.code).toBe('SPENDING.SPLIT_PURPOSE');
    expect((await piece({ voucherNo: 'V-3', category: 'GREENING' })).body.code).toBe('SPENDING.SPLIT_PAYEE');
    const applied = await estate.apply({ category: 'REPAIR_COMMON', amountFen: 200_000, decisionNo: null });
    expect(applied.body.code).toBe('SPENDING.SPLIT_PURPOSE');
  });
});

describe('a payment out of the joint account', () => {
  test('stands in the books with its receipt and what allowed it, and no statement can leave it out', async () => {
    const { id, quarter, decision } = await paid();
    const [line] = (await booksOf(quarter)).lines;
    expect(line).toMatchObject({
      id,
      source: 'SPENDING',
      line: { amountFen: 2_000_000, counterparty: '奇台县安达门禁有限公司', decisionNo: '业主大会2026-2-1' },
    });
    expect((await takeBack(id, '不想公示')).body.code).toBe('INCOME.LINE_OF_SPENDING');
    app.clock.set(startOfDay(addDays(quarterEnd(quarter), 3)));
    const { body: draft } = await estate.books.begin(statement(quarter, 5_000_000, [income(quarter)]));
    expect(draft.faults.map(({ code }) => code)).toEqual(['INCOME.BOOKED_MISSING']);
    const filled = await app.post<StatementDraftView>(
      estate.books.url(`/statements/${draft.id}/from-books`),
      estate.books.treasurer.token,
      { revision: 1 },
    );
    const { openingFen, closingFen, lines, accountHolder } = filled.body;
    expect(lines).toHaveLength(2);
    const said = lines.map(({ index: _, categoryLabel: __, decision: ___, vouchers: ____, ...rest }) => rest);
    const request = {
      quarter,
      openingFen,
      closingFen,
      lines: said,
      accountHolder,
      reconciling: [],
      revision: 2,
    };
    const saved = await estate.books.save(draft.id, { ...request, bankBalanceFen: closingFen });
    const published = await estate.books.publishDraft(saved.body);
    const found = (await trace(published.id, 1)).body;
    expect(found.booked).toMatchObject({ id, source: 'SPENDING' });
    expect(found.vouchers).toHaveLength(1);
    expect(found.bankLine).toMatchObject({ serial: 'B-1', amountFen: -2_000_000 });
    // Charged when it was confirmed, and once: not again as a line of the books or of the statement.
    expect(await estate.costOf(decision)).toMatchObject({ spentFen: 2_000_000 });
    const cost = estate.books.url(`/decisions/${decision.id}/spends`);
    expect((await app.get<DecisionCost>(cost, estate.owner.token)).body.items).toMatchObject([
      { id, requestId: id, amountFen: 2_000_000, place: { statementId: published.id, index: 1 } },
    ]);
    expect(await brokenInvariants(app.database)).toEqual({});
    expect(await fund()).toMatchObject({ BANK: published.closingFen, FUND_SPEND: 2_000_000 });
  });
});

describe('the treasurer’s sheet beside the books', () => {
  test('a row for what is booked already gives way to the books’ line, and is not said twice', async () => {
    const { books } = estate;
    const before = (await books.checkSheet('income-2026Q3.xlsx')).body;
    const row = before.draft?.lines.find((line) => line.dir === 'SPEND' && line.decisionNo === null);
    if (before.draft === null || row === undefined || before.fromBooks !== 0) throw new Error('no such row');
    app.clock.set(Math.max(app.clock.now(), startOfDay('2026-10-03')));
    const booked = { ...row, counterparty: `${row.counterparty}（分公司）` };
    expect((await book(booked)).status).toBe(201);
    const { draft, fromBooks } = (await books.checkSheet('income-2026Q3.xlsx')).body;
    expect(fromBooks).toBe(1);
    expect(draft?.lines).toHaveLength(before.draft.lines.length);
    expect(draft?.lines).toContainEqual(booked);
    expect(draft?.lines).not.toContainEqual(row);
  });
});

describe('a voucher with names on it', () => {
  test('is shown to owners as its copy, beside the hash of the original that is kept', async () => {
    const { books } = estate;
    const [original, copy] = [await books.file(books.treasurer), await books.file(books.treasurer)];
    const lines = [income('2026Q1'), spend('2026Q1', { voucherIds: [original] })];
    const { id } = await books.published(statement('2026Q1', 0, lines));
    const redact = (by: TestPerson, fileId: string, from = books) =>
      app.post<ErrorBody>(from.url(`/vouchers/${original}/redacted`), by.token, { fileId });
    expect((await redact(estate.owner, copy)).status).toBe(403);
    // Somebody else’s upload.
    expect((await redact(books.chair, copy)).status).toBe(400);
    const other = await SpendingBuilder.start(app);
    expect((await redact(other.books.treasurer, copy, other.books)).status).toBe(404);
    expect((await redact(books.treasurer, original)).status).toBe(404);
    expect((await redact(books.treasurer, copy)).status).toBe(204);
    expect((await trace(id, 1)).body.vouchers).toMatchObject([
      { originalId: original, isRedacted: true, shown: { id: copy } },
    ]);
    const { body } = await app.get<StatementView>(books.url(`/statements/${id}`), estate.owner.token);
    expect(body.lines[1]?.vouchers.map((file) => file.id)).toEqual([copy]);
    const second = await books.file(books.treasurer);
    await redact(books.treasurer, second);
    expect((await trace(id, 1)).body.vouchers[0]?.shown.id).toBe(second);
  });

  test('is a copy wherever the payment is read: the receipt of the joint account too', async () => {
    const { books } = estate;
    const { id } = await paid();
    const url = estate.url(`?limit=5`);
    const receipt = async () =>
      (await app.get<SpendingPage>(url, estate.owner.token)).body.items.find((item) => item.id === id)
        ?.receipt;
    const original = (await receipt())?.id ?? '';
    const copy = await books.file(books.treasurer);
    const answer = await app.post(books.url(`/vouchers/${original}/redacted`), books.treasurer.token, {
      fileId: copy,
    });
    expect(answer.status).toBe(204);
    expect((await receipt())?.id).toBe(copy);
  });
});

describe('what owners pay by WeChat into the public income', () => {
  let quarter: string;
  let parking: ParkingBuilder;

  beforeAll(async () => {
    quarter = quarterOf(shanghaiDate(Math.max(TEST_NOW, app.clock.now()) + 11 * DAY_MS));
    await turnClocks(world, startOfDay(addDays(quarterEnd(quarter), -10)) + 10 * HOUR_MS);
  });
  beforeEach(async () => {
    parking = await ParkingBuilder.start(world);
  });

  const lastDay = () => startOfDay(quarterEnd(quarter)) + 20 * HOUR_MS;
  const draftOf = (id: string, revision: number) =>
    app.post<StatementDraftView & ErrorBody>(
      parking.books.url(`/statements/${id}/from-books`),
      parking.books.treasurer.token,
      { revision },
    );
  const madeFromBooks = (by: TestPerson = parking.books.treasurer) =>
    app.post<StatementDraftView & ErrorBody>(
      parking.books.url('/statements/from-books'),
      by.token,
      { quarter },
      newKey(),
    );
  /** As a screen sends it back, with the balance that the bank has. */
  const asSaved = ({ openingFen, closingFen, lines, accountHolder, revision }: StatementDraftView) => ({
    quarter,
    openingFen,
    closingFen,
    lines: lines.map(({ index: _, categoryLabel: __, decision: ___, vouchers: ____, ...rest }) => rest),
    accountHolder: accountHolder === '' ? '康宁家园业主委员会' : accountHolder,
    bankBalanceFen: closingFen,
    reconciling: [],
    revision,
  });
  const publish = async (draft: StatementDraftView) => {
    const saved = await parking.books.save(draft.id, asSaved(draft));
    expect(saved.body.faults).toEqual([]);
    return parking.books.publishDraft(saved.body);
  };
  const traceOf = (statementId: string, index: number, by: TestPerson) =>
    app.get<LineTrace & ErrorBody>(
      parking.books.url(`/statements/${statementId}/lines/${index}/trace`),
      by.token,
    );
  const desk = async () =>
    (await app.get<IncomeDesk>(parking.books.url('/drafts'), parking.books.treasurer.token)).body;
  const fundOf = () => balances(app.database, parking.fees.estateId, 'PUBLIC_INCOME');

  test('is in the statement that is made from the books, posts nothing again, and opens to its payments', async () => {
    const { owner } = await parking.driver();
    const first = await parking.parked();
    await parking.parked(2);
    await parking.givenBack(first, 3_000);
    const { treasurer } = parking.books;
    const { body: books } = await app.get<QuarterBooks>(
      parking.books.url(`/books?quarter=${quarter}`),
      treasurer.token,
    );
    expect(books).toMatchObject({ lines: [], incomeNetFen: 3 * SPACE_FEN - 3_000, spendFen: 0 });
    expect(books.collected.map(({ line }) => line.note)).toEqual([
      '地面停车费，微信收款 2 笔',
      '地面停车费，微信退款 1 笔',
    ]);
    // The next quarter’s money is not this one’s.
    const paidOn = shanghaiDate(app.clock.now());
    await turnClocks(world, startOfDay(addDays(quarterEnd(quarter), 3)) + 11 * HOUR_MS);
    await parking.parked();
    const before = await fundOf();
    const { body: draft } = await madeFromBooks();
    expect(draft.lines).toMatchObject([
      { category: 'PARKING_COMMON', netFen: 3 * SPACE_FEN, collected: { kind: 'PAYMENTS', count: 2 } },
      { category: 'PARKING_COMMON', netFen: -3_000, collected: { kind: 'REFUNDS', count: 1 } },
    ]);
    expect(draft.closingFen).toBe(3 * SPACE_FEN - 3_000);
    const published = await publish(draft);
    expect(await fundOf()).toEqual(before);
    expect(await desk()).toMatchObject({ behind: [] });

    const paid = (await traceOf(published.id, 0, owner)).body;
    expect(paid).toMatchObject({ booked: null, vouchers: [], bankLine: null });
    expect(paid.collected).toEqual({
      kind: 'PAYMENTS',
      itemCode: 'GROUND',
      count: 2,
      amountFen: 3 * SPACE_FEN,
      days: [{ on: paidOn, count: 2, amountFen: 3 * SPACE_FEN, reconciled: 'AGREED' }],
    });
    expect(paid.entries.map(({ event, amountFen }) => [event, amountFen])).toEqual([
      ['PAYMENT_SETTLED', SPACE_FEN],
      ['PAYMENT_SETTLED', 2 * SPACE_FEN],
    ]);
    for (const { debit, credit, billId, orderNo } of paid.entries)
      expect([debit.subjectName, credit.subject, credit.subjectName, billId, orderNo]).toEqual([
        '',
        '',
        '',
        null,
        null,
      ]);
    const back = (await traceOf(published.id, 1, owner)).body;
    expect(back.collected).toMatchObject({ kind: 'REFUNDS', count: 1, amountFen: 3_000 });
    expect(back.entries.map(({ event }) => event)).toEqual(['REFUND_SUCCEEDED']);
    expect((await traceOf(published.id, 0, await app.build.person('路人'))).status).toBe(403);
  });

  test('cannot be left out, changed or invented, by whatever way the draft was made', async () => {
    await parking.parked(1, lastDay());
    const { body: draft } = await parking.books.begin(statement(quarter, 0, [income(quarter)]));
    expect(draft.faults.map(({ code }) => code)).toEqual(['INCOME.COLLECTED_MISSING']);
    const refused = await parking.books.step(draft.id, 'submit', parking.books.treasurer, { revision: 1 });
    expect(refused.body).toMatchObject({
      code: 'INCOME.STATEMENT_INVALID',
      fields: [{ code: 'INCOME.COLLECTED_MISSING' }],
    });
    const { body: taken } = await draftOf(draft.id, 1);
    expect(taken.lines).toMatchObject([{ netFen: 3_284_400 }, { netFen: SPACE_FEN }]);
    expect(taken.closingFen).toBe(3_284_400 + SPACE_FEN);
    const [typed, collected] = asSaved(taken).lines;
    if (collected?.dir !== 'INCOME' || typed === undefined) throw new Error('no line');
    const less = { ...collected, grossFen: 1, netFen: 1 };
    const lowered = await parking.books.save(draft.id, statement(quarter, 0, [typed, less], { revision: 2 }));
    expect(lowered.body.faults).toMatchObject([{ code: 'INCOME.COLLECTED_CHANGED', path: 'lines[1]' }]);
    const { body: mended } = await draftOf(draft.id, 3);
    expect(mended.lines[1]).toMatchObject({ netFen: SPACE_FEN });
    const none = await draftOf(draft.id, 4);
    expect(none.body.code).toBe('INCOME.NOTHING_TO_TAKE');
    const booked = await app.post<ErrorBody>(
      parking.books.url('/books/lines'),
      parking.books.treasurer.token,
      { line: collected },
      newKey(),
    );
    expect(booked.body).toMatchObject({
      code: 'INCOME.LINE_INVALID',
      fields: [{ code: 'INCOME.COLLECTED_CHANGED' }],
    });
    const odd = await parking.books.save(draft.id, {
      ...asSaved(mended),
      lines: [{ ...collected, collected: { kind: 'GIFTS', itemCode: '', count: 1 } as never }],
    });
    expect(odd.status).toBe(400);
  });

  test('and is told late is a correction that is due, and the corrected version has it', async () => {
    await parking.parked(1, lastDay());
    const { body: draft } = await madeFromBooks();
    const published = await publish(draft);
    // WeChat had it before midnight, and nobody told us until now.
    await parking.parked(1, lastDay() + HOUR_MS);
    expect(await desk()).toMatchObject({ behind: [quarter] });
    const amended = await parking.books.amend(published.id, '微信晚到的一笔补列');
    expect(amended.body.faults.map(({ code }) => code)).toEqual(['INCOME.COLLECTED_CHANGED']);
    const { body: taken } = await draftOf(amended.body.id, 1);
    expect(taken).toMatchObject({ closingFen: 2 * SPACE_FEN, lines: [{ collected: { count: 2 } }] });
    await publish(taken);
    expect(await desk()).toMatchObject({ behind: [] });
    expect((await traceOf(published.id, 0, parking.books.chair)).body.collected).toMatchObject({ count: 2 });
  });

  test('that WeChat kept a fee of is so much less, by a line of its own once it was settled', async () => {
    const paidOn = shanghaiDate(app.clock.now());
    await parking.parked(3);
    await turnClocks(world, app.clock.now() + DAY_MS + 2 * HOUR_MS);
    await app.runJobs();
    const today = shanghaiDate(app.clock.now());
    // The merchant's day with all its estates.
    const day = await app.database.row<{ settlement_fen: number }>(
      'SELECT settlement_fen FROM recon_runs WHERE on_date = ?',
      [paidOn],
    );
    const sheet = [
      '交易日期,收入金额,支出金额,对方户名,摘要,交易流水号',
      `${today},${yuanText(day?.settlement_fen ?? 0)},,财付通支付科技有限公司,微信支付结算,P-1`,
    ].join('\n');
    const { payload, headers } = multipart('流水.csv', Buffer.from(sheet));
    const imported = await app.call<BankImport>(
      'POST',
      `/api/estates/${parking.fees.estateId}/reconciliation/bank-statements?ledger=PUBLIC_INCOME`,
      { token: parking.fees.manager.token, body: payload, headers },
    );
    expect(imported.body).toMatchObject({ settlements: 1, differences: 0 });
    const now = await app.get<QuarterBooks>(
      parking.books.url(`/books?quarter=${quarterOf(today)}`),
      parking.books.treasurer.token,
    );
    expect(now.body).toMatchObject({ incomeNetFen: 24_000, spendFen: 144 });
    expect(now.body.collected.map(({ line }) => line.note)).toEqual([
      '地面停车费，微信收款 1 笔',
      '微信支付手续费，结算 1 次',
    ]);
  });

  test('that settles while its statement is submitted and published is in it, or told as a correction', async () => {
    await parking.parked(1, lastDay());
    const { owner, bill } = await parking.driver();
    const order = await world.ordered(owner, [bill]);
    const { body: draft } = await madeFromBooks();
    const { body: saved } = await parking.books.save(draft.id, asSaved(draft));
    await world.control('POST', '/clock', { hold: lastDay() });
    await world.pay(order);
    const { books } = parking;
    await Promise.all([
      world.sandbox.settle().then(() => app.runJobs()),
      books
        .step(saved.id, 'submit', books.treasurer, { revision: saved.revision })
        .then(() => books.step(saved.id, 'publish', books.chair, { revision: saved.revision })),
    ]);
    await turnClocks(world, app.clock.now());
    const { body: seen } = await app.get<StatementDraftView>(
      books.url(`/drafts/${saved.id}`),
      books.treasurer.token,
    );
    const { behind } = await desk();
    // Never lost: whoever was first, the statement waits for it, or a correction of it is due.
    if (seen.state === 'PUBLISHED') expect(behind).toEqual([quarter]);
    else expect(seen.faults.map(({ code }) => code)).toEqual(['INCOME.COLLECTED_CHANGED']);
  });
});
