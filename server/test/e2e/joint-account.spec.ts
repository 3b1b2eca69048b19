import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import { addDays, startOfDay } from '@linli/shared/kernel';
import type { SpendingRequest } from '@linli/shared/spending';
import { TEST_NOW, TestApp } from '../support/app.ts';
import { spend, statement } from '../support/income-builder.ts';
import { SpendingBuilder } from '../support/spending-builder.ts';

let app: TestApp;
let estate: SpendingBuilder;
let paid: SpendingRequest;

const small = { amountFen: 120_000 };

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
beforeEach(async () => {
  app.clock.set(Math.max(TEST_NOW, app.clock.now()));
  estate = await SpendingBuilder.start(app);
  paid = await estate.filed(small);
  expect((await estate.pay(paid, estate.books.treasurer)).status).toBe(200);
});

describe('a payment beside the bank’s statement', () => {
  test('is proposed with the line that fits it, and reconciled by another person than who paid', async () => {
    const { treasurer, member, chair } = estate.books;
    expect(await estate.month(member)).toMatchObject({
      statementUntil: null,
      payments: [{ state: 'OPEN', line: null, request: { id: paid.id } }],
      open: { payments: 1, withdrawals: 0 },
    });
    const lines = [
      [addDays(estate.today, 1), '1200.00', '奇台县安达门禁有限公司', 'B-1'],
      [estate.today, '15.00', '中国工商银行', 'B-2'],
    ] as const;
    expect((await estate.importLines(treasurer, ...lines)).body).toMatchObject({
      newLines: 2,
      otherLines: 2,
    });
    expect((await estate.importLines(chair, ...lines)).body).toMatchObject({ newLines: 0 });
    expect(await estate.month(member)).toMatchObject({
      statementUntil: addDays(estate.today, 1),
      payments: [{ state: 'PROPOSED', line: { serial: 'B-1' } }],
      withdrawals: [
        { state: 'OPEN', line: { serial: 'B-2', amountFen: 1_500 } },
        { state: 'PROPOSED', paidFor: paid.text },
      ],
      open: { payments: 1, withdrawals: 2 },
      isKeeper: true,
    });
    const reconcile = (serial: string, by = member) => estate.step(paid, 'reconcile', by, { serial });
    expect((await reconcile('B-1', treasurer)).body.code).toBe('SPENDING.SAME_PERSON');
    expect((await reconcile('B-9')).body.code).toBe('SPENDING.LINE_UNKNOWN');
    expect((await reconcile('B-1')).body.state).toBe('RECONCILED');
    expect((await reconcile('B-1')).body.code).toBe('SPENDING.STATE');
    expect(await estate.month(member)).toMatchObject({
      payments: [{ state: 'MATCHED', line: { serial: 'B-1' } }],
      open: { payments: 0, withdrawals: 1 },
    });
  });

  test('is not the line of another amount, day or payee, nor one that stands for another payment', async () => {
    const { treasurer, member } = estate.books;
    await estate.importLines(
      treasurer,
      [estate.today, '1200.01', paid.payee, 'AMOUNT'],
      [addDays(estate.today, 8), '1200.00', paid.payee, 'DATE'],
      [estate.today, '1200.00', '某某商贸有限公司', `BANK-${paid.id}`],
      [estate.today, '1200.00', paid.payee, 'FITS'],
    );
    const refused = async (request: SpendingRequest, serial: string) =>
      (await estate.step(request, 'reconcile', member, { serial })).body;
    expect((await refused(paid, 'AMOUNT')).code).toBe('SPENDING.LINE_AMOUNT');
    expect((await refused(paid, 'DATE')).code).toBe('SPENDING.LINE_DATE');
    expect(await refused(paid, `BANK-${paid.id}`)).toMatchObject({
      code: 'SPENDING.LINE_COUNTERPARTY',
      message: '银行流水上的收款方是“某某商贸有限公司”，和登记的收款单位不一致',
    });
    const other = await estate.filed(small);
    await estate.pay(other, treasurer);
    expect((await refused(other, 'FITS')).state).toBe('RECONCILED');
    expect((await refused(paid, 'FITS')).code).toBe('SPENDING.LINE_MATCHED');
    const { payments } = await estate.month(member);
    expect(payments.map(({ state }) => state)).toEqual(['OPEN', 'MATCHED']);
  });

  test('is confirmed twice against one line at once: the line stands for one of them', async () => {
    const { treasurer, member, chair } = estate.books;
    const other = await estate.filed(small);
    await estate.pay(other, treasurer);
    await estate.importLines(treasurer, [estate.today, '1200.00', paid.payee, 'ONE']);
    const answers = await Promise.all([
      estate.step(paid, 'reconcile', member, { serial: 'ONE' }),
      estate.step(other, 'reconcile', chair, { serial: 'ONE' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('is explained once, with a reason, by another person than who paid', async () => {
    const { treasurer, member } = estate.books;
    const explain = async (by = member, reason = '银行次月才入账，已向柜台核实', subject = paid.id) =>
      (await estate.explain(by, 'PAYMENT', subject, reason)).body?.code;
    expect(await explain(treasurer)).toBe('SPENDING.SAME_PERSON');
    expect(await explain(member, '不知')).toBe('SPENDING.REASON');
    expect(await explain()).toBeUndefined();
    expect(await explain()).toBe('SPENDING.NOTHING_OPEN');
    const { payments, open } = await estate.month(member);
    expect(payments).toMatchObject([{ state: 'EXPLAINED', explanation: { by: '马晓东' } }]);
    expect(open).toEqual({ payments: 0, withdrawals: 0 });
    // Explained is not reconciled: once the line comes, it still is compared.
    await estate.importLines(treasurer, [estate.today, '1200.00', paid.payee, 'LATE']);
    const answer = await estate.step(paid, 'reconcile', member, { serial: 'LATE' });
    expect(answer.body.state).toBe('RECONCILED');
  });

  test('is the desk’s to see, and another estate’s lines and payments are not found', async () => {
    const { treasurer, estateId } = estate.books;
    await estate.importLines(treasurer, [estate.today, '9.00', '中国工商银行', 'FEE']);
    const month = `?month=${estate.today.slice(0, 7)}`;
    expect((await app.get(estate.account(month), estate.owner.token)).status).toBe(403);
    expect((await estate.month(estate.street)).isKeeper).toBe(false);
    expect((await estate.importLines(estate.street)).status).toBe(403);
    const other = await SpendingBuilder.start(app);
    const { chair } = other.books;
    expect((await app.get<ErrorBody>(estate.account(month), chair.token)).status).toBe(403);
    expect((await other.explain(chair, 'PAYMENT', paid.id, '这是别的小区的付款')).status).toBe(404);
    expect((await other.explain(chair, 'WITHDRAWAL', 'FEE', '这是别的小区的支出')).status).toBe(404);
    expect((await other.explain(chair, 'PAYMENT', '电梯维修', '没有这笔付款')).status).toBe(404);
    expect((await other.month(chair)).withdrawals).toEqual([]);
    expect(estateId).not.toBe(other.books.estateId);
  });
});

describe('a quarter with an unexplained payment or withdrawal', () => {
  test('is not posted until each is matched or explained', async () => {
    app.clock.set(startOfDay('2026-12-31'));
    estate = await SpendingBuilder.start(app);
    const { books } = estate;
    const { treasurer, member } = books;
    paid = await estate.filed(small);
    await estate.pay(paid, treasurer);
    await estate.importLines(treasurer, [estate.today, '88.00', '某某商贸有限公司', 'ODD']);
    app.clock.set(startOfDay('2027-01-04'));
    const { category, payee: counterparty, amountFen } = paid;
    const line = spend('2026Q4', { category, counterparty, amountFen });
    const { id, revision } = (await books.begin(statement('2026Q4', 500_000, [line]))).body;
    const submit = () => books.step(id, 'submit', treasurer, { revision });
    const faults = async () =>
      ((await submit()).body.fields ?? []).filter(({ code }) => code === 'INCOME.BANK_OPEN');
    expect(await faults()).toMatchObject([
      {
        message: '2026年12月有 1 笔付款在银行流水上没有对上、1 笔银行支出没有说明，对上或写明原因后才能公示',
      },
    ]);
    await estate.importLines(treasurer, ['2026-12-31', '1200.00', paid.payee, 'B-1']);
    await estate.step(paid, 'reconcile', member, { serial: 'B-1' });
    expect(await faults()).toHaveLength(1);
    await estate.explain(member, 'WITHDRAWAL', 'ODD', '物业误转，已要求退回账户');
    expect((await submit()).body.state).toBe('SUBMITTED');
  });

  test('is told of each of its months, and only of those', async () => {
    app.clock.set(startOfDay('2027-04-02'));
    estate = await SpendingBuilder.start(app);
    const { books } = estate;
    await estate.importLines(
      books.treasurer,
      ['2026-12-30', '1.00', '某某商贸有限公司', 'BEFORE'],
      ['2027-01-31', '2.00', '某某商贸有限公司', 'FIRST'],
      ['2027-02-15', '4860.00', '奇台县顺达机电', 'BOOKED'],
      ['2027-03-31', '3.00', '某某商贸有限公司', 'LAST'],
      ['2027-04-01', '4.00', '某某商贸有限公司', 'AFTER'],
    );
    const line = spend('2027Q1', { date: '2027-02-15' });
    const { faults } = (await books.begin(statement('2027Q1', 1_000_000, [line]))).body;
    const told = faults.filter(({ code }) => code === 'INCOME.BANK_OPEN').map(({ message }) => message);
    expect(told).toEqual([
      '2027年1月有 1 笔银行支出没有说明，对上或写明原因后才能公示',
      '2027年3月有 1 笔银行支出没有说明，对上或写明原因后才能公示',
    ]);
  });
});
