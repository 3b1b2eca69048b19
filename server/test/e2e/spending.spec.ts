import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeskView } from '@linli/shared/desk';
import type { ErrorBody } from '@linli/shared/errors';
import { addDays, startOfDay, yearOf } from '@linli/shared/kernel';
import type { SpendingPage } from '@linli/shared/spending';
import { TEST_NOW, TestApp } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { SpendingBuilder } from '../support/spending-builder.ts';

let app: TestApp;
let estate: SpendingBuilder;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
beforeEach(async () => {
  app.clock.set(Math.max(TEST_NOW, app.clock.now()));
  estate = await SpendingBuilder.start(app);
});

const entriesOf = (id: string) =>
  app.database.rows<{ debit_kind: string; credit_kind: string; amount_fen: number; book: string }>(
    'SELECT debit_kind, credit_kind, amount_fen, book FROM ledger_entries WHERE document_id = ?',
    [id],
  );

const waiting = async (person: TestPerson) => {
  const { body } = await app.get<DeskView>(`/api/me/desk?estateId=${estate.books.estateId}`, person.token);
  return body.counts.find(({ key }) => key === 'spending')?.count;
};

describe('a spend that the owners decided on', () => {
  test('goes from the company through committee and street to the bank, and the owners read what allowed it', async () => {
    const decision = await estate.decision();
    const { chair, treasurer, member } = estate.books;
    const key = newKey();
    const fileIds = [await estate.books.file(estate.manager)];
    const facts = { decisionNo: decision.number, fileIds };
    const { body: applied, status } = await estate.apply(facts, estate.manager, key);
    const people = [estate.manager, chair, estate.street];
    expect(await Promise.all(people.map(waiting))).toEqual([0, 1, 0]);
    expect(status).toBe(201);
    expect((await estate.apply(facts, estate.manager, key)).body.id).toBe(applied.id);
    expect(applied).toMatchObject({ state: 'APPLIED', appliedAs: 'COMPANY', can: ['WITHDRAW'] });
    expect(await estate.costOf(decision)).toMatchObject({ spentFen: 0 });

    expect((await estate.step(applied, 'confirm', chair)).body.state).toBe('COMMITTEE_CONFIRMED');
    expect(await Promise.all(people.map(waiting))).toEqual([0, 0, 1]);
    expect(await estate.costOf(decision)).toMatchObject({ spentFen: 2_000_000, leftFen: 3_000_000 });
    expect((await estate.step(applied, 'file', estate.street)).body.state).toBe('STREET_FILED');
    expect(await entriesOf(applied.id)).toEqual([]);
    expect((await estate.pay(applied, treasurer)).body.state).toBe('PAID');
    expect(await entriesOf(applied.id)).toEqual([
      expect.objectContaining({ credit_kind: 'BANK', amount_fen: 2_000_000, book: 'PUBLIC_INCOME' }),
    ]);
    await estate.importLines(treasurer, [estate.today, '20000.00', applied.payee, 'B-1']);
    const line = { serial: 'B-1' };
    expect((await estate.step(applied, 'reconcile', treasurer, line)).body.code).toBe('SPENDING.SAME_PERSON');
    expect((await estate.step(applied, 'reconcile', member, line)).body.state).toBe('RECONCILED');

    const { body } = await app.get<SpendingPage>(
      `${estate.url()}?decisionId=${decision.id}`,
      estate.owner.token,
    );
    expect(body.items).toMatchObject([
      {
        id: applied.id,
        basis: { kind: 'DECISION', number: decision.number, title: decision.title, budgetYear: null },
        bankLineNo: `BANK-${applied.id}`,
        can: [],
      },
    ]);
    expect(body.items[0]?.steps.map(({ event, by }) => [event, by])).toEqual([
      ['APPLY', '经理'],
      ['CONFIRM', '周建国'],
      ['FILE', '街道'],
      ['PAY', '陈玉芬'],
      ['RECONCILE', '马晓东'],
    ]);
    const { events } = await estate.costOf(decision);
    expect(events.at(-1)).toMatchObject({ kind: 'SPENT', amountFen: 2_000_000 });
  });

  test('cannot be applied for without a decision that carries it', async () => {
    const decision = await estate.decision();
    const refused = async (facts: object) => (await estate.apply(facts)).body.code;
    const { number: decisionNo } = decision;
    expect(await refused({})).toBe('SPENDING.VOTE_REQUIRED');
    expect(await refused({ decisionNo: '没有的' })).toBe('SPENDING.DECISION_UNKNOWN');
    expect(await refused({ decisionNo, category: 'GREENING' })).toBe('SPEND.OTHER_PURPOSE');
    expect(await refused({ decisionNo, amountFen: 5_000_001 })).toBe('SPEND.NOT_ENOUGH');
  });

  test('cannot be approved once the decision has expired or was used up', async () => {
    const decision = await estate.decision();
    const facts = { decisionNo: decision.number, amountFen: 3_000_000 };
    const { chair } = estate.books;
    const [{ body: first }, { body: second }] = [await estate.apply(facts), await estate.apply(facts)];
    expect((await estate.step(first, 'confirm', chair)).status).toBe(200);
    expect((await estate.step(second, 'confirm', chair)).body.code).toBe('SPEND.NOT_ENOUGH');
    expect(await estate.costOf(decision)).toMatchObject({ spentFen: 3_000_000 });
    // The same decision carries the second once the first is off.
    await estate.step(first, 'reject', estate.street, { reason: '合同没有盖章' });
    expect((await estate.step(second, 'confirm', chair)).status).toBe(200);
    await app.database.transaction((tx) =>
      tx.run('UPDATE decision_follow_ups SET expires_on = ? WHERE decision_id = ?', [
        addDays(estate.today, -1),
        decision.id,
      ]),
    );
    expect((await estate.step(second, 'file', estate.street)).body.code).toBe('SPEND.EXPIRED');
  });

  test('gives back what it took when it is rejected or withdrawn, once', async () => {
    const decision = await estate.decision();
    const { chair } = estate.books;
    const confirmed = async () => {
      const { body } = await estate.apply({ decisionNo: decision.number });
      expect((await estate.step(body, 'confirm', chair)).status).toBe(200);
      return body;
    };
    const rejected = await confirmed();
    expect((await estate.step(rejected, 'reject', estate.street, { reason: '不行' })).body.code).toBe(
      'SPENDING.REASON',
    );
    const answer = await estate.step(rejected, 'reject', estate.street, { reason: '合同没有盖章' });
    expect(answer.body).toMatchObject({ state: 'REJECTED', reason: '合同没有盖章' });
    expect(await estate.costOf(decision)).toMatchObject({ spentFen: 0 });
    const withdrawn = await confirmed();
    const twice = await Promise.all([1, 2].map(() => estate.step(withdrawn, 'withdraw', estate.manager)));
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { spentFen, events } = await estate.costOf(decision);
    expect(spentFen).toBe(0);
    expect(events.filter(({ kind }) => kind === 'RELEASED')).toHaveLength(2);
  });
});

describe('a spend below what the owners decide on', () => {
  const small = { amountFen: 499_999 };

  test('needs no decision, and says so', async () => {
    const { body } = await estate.apply(small);
    const confirmed = await estate.step(body, 'confirm', estate.books.chair);
    expect(confirmed.body.basis).toEqual({ kind: 'BELOW_THRESHOLD', thresholdFen: 500_000 });
  });

  test('needs one where the estate has set no threshold, also when that changed since it was applied for', async () => {
    const { body } = await estate.apply(small);
    await app.database.transaction((tx) =>
      tx.run('UPDATE estates SET spend_vote_threshold_fen = NULL WHERE id = ?', [estate.books.estateId]),
    );
    const answer = await estate.step(body, 'confirm', estate.books.chair);
    expect(answer.body.code).toBe('SPENDING.VOTE_REQUIRED');
    expect((await estate.apply(small)).body.code).toBe('SPENDING.VOTE_REQUIRED');
  });

  test('is three people’s: nobody takes two of the steps, whatever offices they hold', async () => {
    const { chair, treasurer, estateId } = estate.books;
    await app.build.appoint(treasurer, 'STREET_OFFICER', [estateId]);
    const { body: own } = await estate.apply(small, chair);
    expect(own.appliedAs).toBe('COMMITTEE');
    expect((await estate.step(own, 'confirm', chair)).body.code).toBe('SPENDING.SAME_PERSON');
    expect((await estate.step(own, 'confirm', treasurer)).status).toBe(200);
    expect((await estate.step(own, 'file', treasurer)).body.code).toBe('SPENDING.SAME_PERSON');
    const reason = { reason: '自己驳回自己确认的' };
    expect((await estate.step(own, 'reject', treasurer, reason)).body.code).toBe('SPENDING.SAME_PERSON');
    expect((await estate.step(own, 'file', estate.street)).status).toBe(200);
  });

  test('is nobody else’s to decide, and another estate’s is not found', async () => {
    const { body: request } = await estate.apply(small);
    const { chair, treasurer } = estate.books;
    expect((await estate.apply(small, estate.owner)).status).toBe(403);
    expect((await estate.step(request, 'confirm', estate.manager)).body.code).toBe('SPENDING.NOT_YOURS');
    expect((await estate.step(request, 'file', estate.street)).body.code).toBe('SPENDING.STATE');
    expect((await estate.step(request, 'withdraw', chair)).body.code).toBe('SPENDING.NOT_YOURS');
    const tenant = await app.build.resident(
      '租户',
      await app.build.unit(estate.books.estateId, '102', 9_000),
      'TENANT',
    );
    expect((await app.get(estate.url(), tenant.token)).status).toBe(403);
    const other = await SpendingBuilder.start(app);
    expect((await app.get<ErrorBody>(other.url(`/${request.id}`), other.owner.token)).status).toBe(404);
    expect((await other.step(request, 'confirm', other.books.chair)).status).toBe(404);
    expect((await app.get<SpendingPage>(other.url(), other.owner.token)).body.items).toEqual([]);
    expect((await app.get(estate.url(), other.owner.token)).status).toBe(403);
    expect((await estate.pay(request, treasurer)).body.code).toBe('SPENDING.STATE');
  });

  test('is paid by one line of the bank, after it was filed', async () => {
    const { treasurer } = estate.books;
    const half = { amountFen: 200_000 };
    const [first, second] = [await estate.filed(half), await estate.filed(half)];
    for (const paidOn of [addDays(estate.today, 1), addDays(estate.today, -1)])
      expect((await estate.pay(first, treasurer, { paidOn })).body.code).toBe('SPENDING.PAID_WHEN');
    const bankLineNo = '20261121000042';
    const twice = [1, 2].map(() => estate.pay(first, treasurer, { bankLineNo }));
    expect((await Promise.all(twice)).map(({ body }) => body.state)).toEqual(['PAID', 'PAID']);
    expect(await entriesOf(first.id)).toHaveLength(1);
    expect((await estate.pay(first, estate.books.member, { bankLineNo })).body.code).toBe('SPENDING.STATE');
    expect((await estate.pay(second, treasurer, { bankLineNo })).body.code).toBe('SPENDING.BANK_LINE_USED');
    const paid = await app.get<SpendingPage>(estate.url(), estate.owner.token);
    const receiptFileId = paid.body.items.find(({ id }) => id === first.id)?.receipt?.id;
    const again = await estate.pay(second, treasurer, { receiptFileId });
    expect([again.status, again.body.code]).toEqual([400, 'FILE.MISSING']);
    expect(await entriesOf(second.id)).toEqual([]);
    expect((await estate.step(first, 'withdraw', estate.manager)).body.code).toBe('SPENDING.STATE');
  });
});

/** A new estate on the last of December. */
async function lastDayOfYear(): Promise<void> {
  app.clock.set(startOfDay(`${yearOf(estate.today)}-12-31`));
  estate = await SpendingBuilder.start(app);
}

describe('a large spend in small pieces', () => {
  const piece = { amountFen: 300_000 };
  const elsewhere = { ...piece, payee: '奇台县青禾园林绿化有限公司' };
  const refusal = async (facts: object) => {
    const { status, body } = await estate.apply(facts);
    return status === 201 ? null : [body.code, body.message];
  };

  test('is refused with its sums: for the same purpose, or to the same payee, within the year', async () => {
    expect(await refusal(piece)).toBeNull();
    const sums =
      '已支出和申请 3,000.00 元，加上这一笔 2,000.00 元共 5,000.00 元，达到 5,000.00 元，需要业主决定';
    expect(await refusal({ ...elsewhere, amountFen: 200_000 })).toEqual([
      'SPENDING.SPLIT_PURPOSE',
      `今年同一用途${sums}`,
    ]);
    expect(
      await refusal({ amountFen: 200_000, category: 'GREENING', payee: '奇台县安达门禁有限公司 ' }),
    ).toEqual(['SPENDING.SPLIT_PAYEE', `今年付给同一收款单位${sums}`]);
    expect(await refusal({ amountFen: 199_999 })).toBeNull();
    expect(await refusal({ ...elsewhere, category: 'GREENING' })).toBeNull();
  });

  test('counts what stands: a piece that was withdrawn makes room, and the next year begins at nothing', async () => {
    await lastDayOfYear();
    const { body: first } = await estate.apply(piece);
    expect((await refusal(piece))?.[0]).toBe('SPENDING.SPLIT_PURPOSE');
    await estate.step(first, 'withdraw', estate.manager);
    expect(await refusal(piece)).toBeNull();
    app.clock.set(startOfDay(addDays(estate.today, 1)));
    expect(await refusal(piece)).toBeNull();
  });

  test('is carried by a decision of the owners, which does not count against the small ones', async () => {
    const { number: decisionNo } = await estate.decision();
    expect(await refusal({ ...piece, decisionNo })).toBeNull();
    expect(await refusal({ ...piece, decisionNo })).toBeNull();
    expect(await refusal(piece)).toBeNull();
    expect((await refusal(piece))?.[0]).toBe('SPENDING.SPLIT_PURPOSE');
  });

  test('is found at the confirmation when the threshold was lowered since', async () => {
    const half = { amountFen: 200_000 };
    const [{ body: first }, { body: second }] = [await estate.apply(half), await estate.apply(half)];
    await app.database.transaction((tx) =>
      tx.run('UPDATE estates SET spend_vote_threshold_fen = 400000 WHERE id = ?', [estate.books.estateId]),
    );
    const { chair } = estate.books;
    expect((await estate.step(first, 'confirm', chair)).body.code).toBe('SPENDING.SPLIT_PURPOSE');
    await estate.step(second, 'withdraw', estate.manager);
    expect((await estate.step(first, 'confirm', chair)).body.state).toBe('COMMITTEE_CONFIRMED');
  });
});

describe('the budget of a year', () => {
  const piece = { amountFen: 300_000 };
  const budget = () => estate.decision('业主大会2026-2-2', { budgetYear: yearOf(estate.today) });

  test('carries the small spends of its purpose by itself, and says what it has cost', async () => {
    const decision = await budget();
    for (let at = 0; at < 3; at++) {
      const { body } = await estate.apply(piece);
      expect(body.basis).toMatchObject({ decisionId: decision.id, budgetYear: yearOf(estate.today) });
      expect((await estate.step(body, 'confirm', estate.books.chair)).status).toBe(200);
    }
    expect(await estate.costOf(decision)).toMatchObject({
      budgetYear: yearOf(estate.today),
      spentFen: 900_000,
      leftFen: 4_100_000,
    });
    const { body: other } = await estate.apply({ ...piece, category: 'GREENING' });
    expect(other.basis).toBeNull();
  });

  test('carries no large spend: that is the owners’ own to decide', async () => {
    const { number: decisionNo } = await budget();
    const large = { amountFen: 500_000 };
    expect((await estate.apply({ ...large, decisionNo })).body.code).toBe('SPENDING.BUDGET_SMALL_ONLY');
    expect((await estate.apply(large)).body.code).toBe('SPENDING.VOTE_REQUIRED');
  });

  test('is of its year: not charged in the next, though what was charged may be filed then', async () => {
    await lastDayOfYear();
    const { number: decisionNo } = await estate.decision('业主大会2026-2-3', {
      budgetYear: yearOf(estate.today),
      expiresOn: null,
    });
    const { body: first } = await estate.apply({ ...piece, decisionNo });
    const { body: second } = await estate.apply({ ...piece, decisionNo });
    const { chair } = estate.books;
    await estate.step(first, 'confirm', chair);
    app.clock.set(startOfDay(addDays(estate.today, 1)));
    expect((await estate.step(second, 'confirm', chair)).body.code).toBe('SPEND.OTHER_YEAR');
    expect((await estate.apply({ ...piece, decisionNo })).body.code).toBe('SPEND.OTHER_YEAR');
    expect((await estate.step(first, 'file', estate.street)).body.state).toBe('STREET_FILED');
  });
});
