import { expect } from '@jest/globals';
import type { Decision, DecisionDetail, FollowUp, PlanDecisionRequest } from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import { addDays, shanghaiDate } from '@linli/shared/kernel';
import type { BankImport } from '@linli/shared/reconcile';
import type {
  ApplySpendingRequest,
  BankSubject,
  JointAccountMonth,
  SpendingRequest,
} from '@linli/shared/spending';
import type { Answer, TestApp } from './app.ts';
import { newKey } from './assembly-builder.ts';
import type { TestPerson } from './estate-builder.ts';
import { IncomeBuilder } from './income-builder.ts';
import { multipart } from './multipart.ts';

export type SpendingAnswer = Answer<SpendingRequest & ErrorBody>;

/** An estate with its committee, its company and its street, and decisions that allow spending. */
export class SpendingBuilder {
  private constructor(
    readonly app: TestApp,
    readonly books: IncomeBuilder,
    readonly manager: TestPerson,
    readonly street: TestPerson,
    readonly owner: TestPerson,
  ) {}

  static async start(app: TestApp): Promise<SpendingBuilder> {
    const books = await IncomeBuilder.start(app, { decisions: false });
    const estates = [books.estateId];
    const manager = await app.build.member('经理', 'COMPANY_MANAGER', estates);
    const street = await app.build.member('街道', 'STREET_OFFICER', estates);
    const unit = await app.build.unit(books.estateId, '101', 10_000);
    return new SpendingBuilder(app, books, manager, street, await app.build.owner('业主', [unit]));
  }

  get today(): string {
    return shanghaiDate(this.app.clock.now());
  }

  url(rest = ''): string {
    return this.books.url(`/spending${rest}`);
  }

  /** In force, for FACILITY_UPGRADE, over 50,000.00 yuan, until a month from now. */
  async decision(number = '业主大会2026-2-1', plan: Partial<PlanDecisionRequest> = {}): Promise<Decision> {
    const base = `/api/estates/${this.books.estateId}/decisions`;
    const { chair, treasurer } = this.books;
    const registered = await this.app.post<DecisionDetail>(
      base,
      chair.token,
      {
        number,
        decidedOn: this.today,
        matter: 9,
        voteClass: 'ORDINARY',
        title: '更换单元门禁',
        purpose: '更换全部单元门禁，不超过 50,000 元',
        amountLimitFen: 5_000_000,
        scanFileId: await this.books.file(chair, 'DECISION_SCAN'),
      },
      newKey(),
    );
    const { id } = registered.body;
    await this.app.post(`${base}/${id}/review`, treasurer.token, { approve: true, reason: '' });
    const planned = await this.app.post(`${base}/${id}/plan`, chair.token, {
      body: 'COMMITTEE',
      bodyName: '业委会',
      dueOn: addDays(this.today, 20),
      expiresOn: addDays(this.today, 30),
      purposes: ['FACILITY_UPGRADE'],
      budgetYear: null,
      reason: '',
      ...plan,
    });
    expect(planned.status).toBe(200);
    return registered.body;
  }

  async costOf({ id }: Decision): Promise<FollowUp> {
    const url = `/api/estates/${this.books.estateId}/decisions/${id}/follow-up`;
    return (await this.app.get<FollowUp>(url, this.owner.token)).body;
  }

  async apply(
    facts: Partial<ApplySpendingRequest> = {},
    by: TestPerson = this.manager,
    key = newKey(),
  ): Promise<SpendingAnswer> {
    const request = {
      category: 'FACILITY_UPGRADE',
      text: '更换 1 号楼单元门禁',
      payee: '奇台县安达门禁有限公司',
      amountFen: 2_000_000,
      decisionNo: null,
      fileIds: [await this.books.file(by)],
      ...facts,
    };
    return this.app.post(this.url(), by.token, request, key);
  }

  step(
    { id }: { readonly id: string },
    step: 'confirm' | 'file' | 'pay' | 'reconcile' | 'reject' | 'withdraw',
    by: TestPerson,
    body: object = {},
  ): Promise<SpendingAnswer> {
    return this.app.post(this.url(`/${id}/${step}`), by.token, body);
  }

  /** Applied for by the company, confirmed by the chair, filed by the street. */
  async filed(facts: Partial<ApplySpendingRequest> = {}): Promise<SpendingRequest> {
    const { body } = await this.apply(facts);
    expect((await this.step(body, 'confirm', this.books.chair)).status).toBe(200);
    const answer = await this.step(body, 'file', this.street);
    expect(answer.status).toBe(200);
    return answer.body;
  }

  account(rest = ''): string {
    return this.books.url(`/joint-account${rest}`);
  }

  /** Each line: day, yuan that went out, who got it, the bank's number. */
  async importLines(
    by: TestPerson,
    ...lines: readonly (readonly [on: string, yuan: string, party: string, serial: string])[]
  ): Promise<Answer<BankImport & ErrorBody>> {
    const rows = lines.map(([on, yuan, party, serial]) => `${on},,${yuan},${party},转账,${serial}`);
    const sheet = ['交易日期,收入金额,支出金额,对方户名,摘要,交易流水号', ...rows].join('\n');
    const { payload, headers } = multipart('流水.csv', Buffer.from(sheet));
    return this.app.call('POST', this.account('/bank-statements'), {
      token: by.token,
      body: payload,
      headers,
    });
  }

  async month(by: TestPerson, month = this.today.slice(0, 7)): Promise<JointAccountMonth> {
    const answer = await this.app.get<JointAccountMonth>(this.account(`?month=${month}`), by.token);
    expect(answer.status).toBe(200);
    return answer.body;
  }

  async explain(
    by: TestPerson,
    kind: BankSubject,
    subject: string,
    reason: string,
  ): Promise<Answer<ErrorBody>> {
    return this.app.post(this.account('/explanations'), by.token, { kind, subject, reason });
  }

  async pay(request: { readonly id: string }, by: TestPerson, facts: object = {}): Promise<SpendingAnswer> {
    const receiptFileId = await this.books.file(by);
    const body = { paidOn: this.today, bankLineNo: `BANK-${request.id}`, receiptFileId, ...facts };
    return this.step(request, 'pay', by, body);
  }
}
