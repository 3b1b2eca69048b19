import { expect } from '@jest/globals';
import { type DecisionDetail, type MatterNumber, purposesFor, type VoteClass } from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import type {
  IncomeLine,
  IncomeSheetCheck,
  SaveStatementRequest,
  SpendLine,
  StatementDraftView,
  StatementLine,
} from '@linli/shared/income';
import { addDays, quarterEnd, shanghaiDate } from '@linli/shared/kernel';
import { Caller } from '../../src/kernel/access/index.ts';
import { FilesService } from '../../src/kernel/files/files.service.ts';
import type { FilePurpose } from '@linli/shared/files';
import { newKey } from './assembly-builder.ts';
import type { Answer, TestApp } from './app.ts';
import type { TestPerson } from './estate-builder.ts';
import { multipart } from './multipart.ts';
import { sample } from './samples.ts';

const PDF = Buffer.from('%PDF-1.4\n% a scan\n');

/** The decisions that the sample sheet cites. */
const DECISIONS: readonly (readonly [number: string, on: string, matter: MatterNumber, cls: VoteClass])[] = [
  ['业主大会2024-1-3', '2024-05-18', 8, 'SPECIAL'],
  ['业主大会2024-1-4', '2024-05-18', 8, 'SPECIAL'],
  ['业主大会2025-1-1', '2025-04-20', 9, 'ORDINARY'],
  ['业主大会2025-1-2', '2025-04-20', 8, 'SPECIAL'],
  ['业主大会2026-1-2', '2026-03-15', 9, 'ORDINARY'],
];

export type DraftAnswer = Answer<StatementDraftView & ErrorBody>;

/** An estate with a committee of three and the decisions of 康宁家园, and the steps a treasurer takes. */
export class IncomeBuilder {
  private constructor(
    readonly app: TestApp,
    readonly estateId: string,
    readonly chair: TestPerson,
    readonly treasurer: TestPerson,
    readonly member: TestPerson,
  ) {}

  static async start(app: TestApp, { decisions = true, region = 'qitai' } = {}): Promise<IncomeBuilder> {
    return IncomeBuilder.at(app, await app.build.estate('康宁家园', region), decisions);
  }

  /** The committee of an estate that is there. */
  static async at(app: TestApp, estateId: string, decisions: boolean): Promise<IncomeBuilder> {
    const chair = await app.build.member('周建国', 'COMMITTEE_CHAIR', [estateId]);
    const treasurer = await app.build.member('陈玉芬', 'COMMITTEE_TREASURER', [estateId]);
    const member = await app.build.member('马晓东', 'COMMITTEE_MEMBER', [estateId]);
    const builder = new IncomeBuilder(app, estateId, chair, treasurer, member);
    if (decisions) for (const decision of DECISIONS) await builder.decision(...decision);
    return builder;
  }

  url(rest = ''): string {
    return `/api/estates/${this.estateId}/income${rest}`;
  }

  async file(person: TestPerson, purpose: FilePurpose = 'VOUCHER'): Promise<string> {
    const caller = new Caller(person.personId, person.personId, [], false);
    const file = await this.app.nest.get(FilesService).keep(caller, { purpose, name: '凭证.pdf', body: PDF });
    return file.id;
  }

  /** Registered by the chair, confirmed by the treasurer unless it shall stay pending; an ordinary one carries any spend. */
  async decision(
    number: string,
    decidedOn: string,
    matter: MatterNumber,
    voteClass: VoteClass,
    confirmed = true,
  ): Promise<DecisionDetail> {
    const base = `/api/estates/${this.estateId}/decisions`;
    const body = {
      number,
      decidedOn,
      matter,
      voteClass,
      title: `决定 ${number}`,
      purpose: '会议上决定的内容',
      amountLimitFen: voteClass === 'ORDINARY' ? 100_000_000 : null,
      scanFileId: await this.file(this.chair, 'DECISION_SCAN'),
    };
    const registered = await this.app.post<DecisionDetail>(base, this.chair.token, body, newKey());
    expect(registered.status).toBe(201);
    if (!confirmed) return registered.body;
    const review = { approve: true, reason: '' };
    const url = `${base}/${registered.body.id}`;
    await this.app.post(`${url}/review`, this.treasurer.token, review);
    if (voteClass === 'SPECIAL') return registered.body;
    const planned = await this.app.post(`${url}/plan`, this.chair.token, {
      body: 'COMMITTEE',
      bodyName: '业委会',
      dueOn: addDays(shanghaiDate(this.app.clock.now()), 30),
      expiresOn: null,
      purposes: purposesFor(matter),
      budgetYear: null,
      reason: '',
    });
    expect(planned.status).toBe(200);
    return registered.body;
  }

  async checkSheet(
    name: string,
    quarter?: string,
    body = sample(name),
  ): Promise<Answer<IncomeSheetCheck & ErrorBody>> {
    const { payload, headers } = multipart(name, body);
    const query = quarter === undefined ? '' : `?quarter=${quarter}`;
    return this.app.call('POST', this.url(`/sheet-checks${query}`), {
      token: this.treasurer.token,
      body: payload,
      headers,
    });
  }

  begin(request: SaveStatementRequest, person = this.treasurer, key = newKey()): Promise<DraftAnswer> {
    return this.app.post(this.url('/statements'), person.token, request, key);
  }

  save(id: string, request: SaveStatementRequest, person = this.treasurer): Promise<DraftAnswer> {
    return this.app.call('PUT', this.url(`/statements/${id}`), { token: person.token, body: request });
  }

  step(
    id: string,
    step: 'submit' | 'publish' | 'return' | 'take-back' | 'discard' | 'witness',
    person: TestPerson,
    body: object = {},
  ): Promise<DraftAnswer> {
    return this.app.post(this.url(`/statements/${id}/${step}`), person.token, body);
  }

  amend(id: string, reason: string, person = this.treasurer, key = newKey()): Promise<DraftAnswer> {
    return this.app.post(this.url(`/statements/${id}/amendments`), person.token, { reason }, key);
  }

  /** Submitted by the treasurer, published by the chair. */
  async publishDraft({ id, revision }: { id: string; revision: number }): Promise<StatementDraftView> {
    const submitted = await this.step(id, 'submit', this.treasurer, { revision });
    expect(submitted.body.fields ?? []).toEqual([]);
    const published = await this.step(id, 'publish', this.chair, { revision });
    expect(published).toMatchObject({ status: 200, body: { state: 'PUBLISHED' } });
    return published.body;
  }

  async published(request: SaveStatementRequest): Promise<StatementDraftView> {
    const draft = await this.begin(request);
    expect(draft.status).toBe(201);
    return this.publishDraft(draft.body);
  }
}

export function income(quarter: string, facts: Partial<IncomeLine> = {}): IncomeLine {
  const line = {
    dir: 'INCOME',
    category: 'PARKING_COMMON',
    date: quarterEnd(quarter),
    counterparty: '奇台县安泊停车服务部',
    contractNo: 'TC-2024-01',
    grossFen: 3_864_000,
    costFen: 579_600,
    voucherNo: 'V-0401',
    voucherIds: [],
    decisionNo: '业主大会2024-1-3',
    justification: null,
    note: '',
    ...facts,
  } as const;
  return { netFen: line.grossFen - line.costFen, ...line };
}

export function spend(quarter: string, facts: Partial<SpendLine> = {}): SpendLine {
  return {
    dir: 'SPEND',
    category: 'REPAIR_COMMON',
    date: quarterEnd(quarter),
    counterparty: '奇台县顺达机电',
    contractNo: null,
    amountFen: 486_000,
    voucherNo: 'V-0402',
    voucherIds: [],
    decisionNo: null,
    note: '',
    ...facts,
  };
}

/** A statement that adds up: closing and bank follow from the lines unless they are given. */
export function statement(
  quarter: string,
  openingFen: number,
  lines: readonly StatementLine[] = [income(quarter), spend(quarter)],
  facts: Partial<SaveStatementRequest> = {},
): SaveStatementRequest {
  const closingFen = lines.reduce(
    (sum, line) => sum + (line.dir === 'INCOME' ? line.netFen : -line.amountFen),
    openingFen,
  );
  return {
    quarter,
    openingFen,
    lines,
    closingFen,
    bankBalanceFen: closingFen,
    reconciling: [],
    accountHolder: '康宁家园业主委员会',
    revision: 0,
    ...facts,
  };
}
