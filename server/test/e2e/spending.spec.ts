import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeskView } from '@linli/shared/desk';
import type { ErrorBody } from '@linli/shared/errors';
import { addDays } from '@linli/shared/kernel';
import type { SpendingPage, SpendingRequest } from '@linli/shared/spending';
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
    expect((await estate.step(applied, 'reconcile', treasurer)).body.code).toBe('SPENDING.SAME_PERSON');
    expect((await estate.step(applied, 'reconcile', member)).body.state).toBe('RECONCILED');

    const { body } = await app.get<SpendingPage>(
      `${estate.url()}?decisionId=${decision.id}`,
      estate.owner.token,
    );
    expect(body.items).toMatchObject([
      {
        id: applied.id,
        basis: { kind: 'DECISION', number: decision.number, title: decision.title },
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
    const { chair, treasurer } = estate.books;
    const filed = async (): Promise<SpendingRequest> => {
      const { body } = await estate.apply(small);
      await estate.step(body, 'confirm', chair);
      return (await estate.step(body, 'file', estate.street)).body;
    };
    const [first, second] = [await filed(), await filed()];
    for (const paidOn of [addDays(estate.today, 1), addDays(estate.today, -1)])
      expect((await estate.pay(first, treasurer, { paidOn })).body.code).toBe('SPENDING.PAID_WHEN');
    const bankLineNo = '20261121000042';
    expect((await estate.pay(first, treasurer, { bankLineNo })).status).toBe(200);
    expect((await estate.pay(second, treasurer, { bankLineNo })).body.code).toBe('SPENDING.BANK_LINE_USED');
    expect(await entriesOf(second.id)).toEqual([]);
    expect((await estate.step(first, 'withdraw', estate.manager)).body.code).toBe('SPENDING.STATE');
  });
});
