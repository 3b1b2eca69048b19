import { expect } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type {
  AuditDesk,
  AuditDraft,
  AuditOverview,
  AuditReportView,
  FindingFacts,
  FindingView,
  SaveAuditReportRequest,
} from '@linli/shared/income-audit';
import { addDays, shanghaiDate } from '@linli/shared/kernel';
import type { Answer, TestApp } from './app.ts';
import { newKey } from './assembly-builder.ts';
import type { TestPerson } from './estate-builder.ts';
import { IncomeBuilder } from './income-builder.ts';

export type DraftAnswer = Answer<AuditDraft & ErrorBody>;
export type FindingAnswer = Answer<FindingView & ErrorBody>;

/** An estate with its committee, company, community and street, and the year that lies behind it audited. */
export class AuditBuilder {
  private constructor(
    readonly app: TestApp,
    readonly books: IncomeBuilder,
    readonly manager: TestPerson,
    readonly community: TestPerson,
    readonly street: TestPerson,
    readonly owner: TestPerson,
  ) {}

  static async start(app: TestApp, region = 'qitai'): Promise<AuditBuilder> {
    const books = await IncomeBuilder.start(app, { decisions: false, region });
    const estates = [books.estateId];
    const manager = await app.build.member('经理', 'COMPANY_MANAGER', estates);
    const community = await app.build.member('社区', 'COMMUNITY_OFFICER', estates);
    const street = await app.build.member('街道', 'STREET_OFFICER', estates);
    const unit = await app.build.unit(books.estateId, '101', 10_000);
    const owner = await app.build.owner('业主', [unit]);
    return new AuditBuilder(app, books, manager, community, street, owner);
  }

  get today(): string {
    return shanghaiDate(this.app.clock.now());
  }

  get lastYear(): number {
    return Number(this.today.slice(0, 4)) - 1;
  }

  url(rest = ''): string {
    return this.books.url(`/audits${rest}`);
  }

  finding(no: number, facts: Partial<FindingFacts> = {}): FindingFacts {
    return {
      no,
      text: `第 ${no} 个问题：有一笔停车收入没有入账`,
      amountFen: 120_000,
      statementId: null,
      lineIndex: null,
      contractId: null,
      responsible: 'COMPANY',
      dueOn: addDays(this.today, 20),
      ...facts,
    };
  }

  async request(facts: Partial<SaveAuditReportRequest> = {}, by = this.books.treasurer) {
    return {
      year: this.lastYear,
      books: ['PUBLIC_INCOME'],
      auditor: '昌吉天山会计师事务所',
      reportNo: '昌天会审〔2026〕088 号',
      signedOn: this.today,
      opinion: 'QUALIFIED',
      summary: '除下列事项外，公共收益账目属实。',
      scanFileId: facts.scanFileId ?? (await this.books.file(by)),
      findings: [this.finding(1), this.finding(2, { responsible: 'COMMITTEE', amountFen: null })],
      revision: 0,
      ...facts,
    } satisfies SaveAuditReportRequest;
  }

  async begin(
    facts: Partial<SaveAuditReportRequest> = {},
    by = this.books.treasurer,
    key = newKey(),
  ): Promise<DraftAnswer> {
    return this.app.post(this.url('/reports'), by.token, await this.request(facts, by), key);
  }

  save(id: string, request: SaveAuditReportRequest, by = this.books.treasurer): Promise<DraftAnswer> {
    return this.app.call('PUT', this.url(`/reports/${id}`), { token: by.token, body: request });
  }

  publish(id: string, revision: number, by = this.books.chair): Promise<DraftAnswer> {
    return this.app.post(this.url(`/reports/${id}/publish`), by.token, { revision });
  }

  amend(id: string, reason: string, by = this.books.treasurer, key = newKey()): Promise<DraftAnswer> {
    return this.app.post(this.url(`/reports/${id}/amendments`), by.token, { reason }, key);
  }

  /** Recorded by the treasurer, published by the chair, as the owner reads it. */
  async published(facts: Partial<SaveAuditReportRequest> = {}): Promise<AuditReportView> {
    const { body } = await this.begin(facts);
    const published = await this.publish(body.id, body.revision);
    expect(published).toMatchObject({ status: 200, body: { state: 'PUBLISHED' } });
    return this.report(body.id);
  }

  async report(id: string): Promise<AuditReportView> {
    return (await this.app.get<AuditReportView>(this.url(`/reports/${id}`), this.owner.token)).body;
  }

  async overview(): Promise<AuditOverview> {
    return (await this.app.get<AuditOverview>(this.url(), this.owner.token)).body;
  }

  async desk(person: TestPerson): Promise<AuditDesk> {
    return (await this.app.get<AuditDesk>(this.url('/desk'), person.token)).body;
  }

  answer(
    { id }: { readonly id: string },
    by = this.manager,
    { text = '已经补记，凭证附后', fileIds = [] as readonly string[], key = newKey() } = {},
  ): Promise<FindingAnswer> {
    return this.app.post(this.url(`/findings/${id}/answers`), by.token, { text, fileIds }, key);
  }

  accept({ id }: { readonly id: string }, seq: number, by = this.community): Promise<FindingAnswer> {
    return this.app.post(this.url(`/findings/${id}/accept`), by.token, { seq });
  }

  sendBack(
    { id }: { readonly id: string },
    seq: number,
    reason = '没有附补记的凭证',
    by = this.community,
  ): Promise<FindingAnswer> {
    return this.app.post(this.url(`/findings/${id}/send-back`), by.token, { seq, reason });
  }
}

export function found(report: AuditReportView, no: number): FindingView {
  const one = report.findings.find((finding) => finding.no === no);
  if (one === undefined) throw new Error(`No finding ${no}`);
  return one;
}
