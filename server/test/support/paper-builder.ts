import { expect } from '@jest/globals';
import type {
  AssemblyDetail,
  EnterPaperRequest,
  Mark,
  MyPaper,
  PaperDesk,
  PaperFault,
  PaperReturnDetail,
  PaperSlip,
} from '@linli/shared/assembly';
import type { FileRef } from '@linli/shared/files';
import type { ErrorBody } from '@linli/shared/errors';
import type { Page } from '@linli/shared/kernel';
import type { Answer, TestApp } from './app.ts';
import { type AssemblyBuilder, newKey, type Owner } from './assembly-builder.ts';
import type { TestPerson } from './estate-builder.ts';
import { multipart } from './multipart.ts';

/** The paper desk of one meeting, over HTTP. */
export class PaperBuilder {
  private constructor(
    private readonly app: TestApp,
    private readonly meeting: AssemblyBuilder,
    readonly assembly: AssemblyDetail,
    /** Two who read, and a third for where they differ. */
    readonly readers: readonly [TestPerson, TestPerson, TestPerson],
  ) {}

  /** Numbers are given; the chair, 社区 and another member are at the desk. */
  static async start(
    app: TestApp,
    meeting: AssemblyBuilder,
    assembly: AssemblyDetail,
  ): Promise<PaperBuilder> {
    const community = await app.build.member('社区工作者', 'COMMUNITY_OFFICER', [meeting.estateId]);
    const member = await app.build.member('委员', 'COMMITTEE_MEMBER', [meeting.estateId]);
    const desk = new PaperBuilder(app, meeting, assembly, [meeting.chair, community, member]);
    expect((await desk.issue()).status).toBe(200);
    return desk;
  }

  get base(): string {
    return `${this.meeting.base}/${this.assembly.id}/paper`;
  }

  issue(person: TestPerson = this.meeting.chair): Promise<Answer<PaperDesk & ErrorBody>> {
    return this.app.post(`${this.base}/slips`, person.token);
  }

  async desk(): Promise<PaperDesk> {
    return (await this.app.get<PaperDesk>(this.base, this.meeting.chair.token)).body;
  }

  async slips(show = 'ALL'): Promise<readonly PaperSlip[]> {
    const url = `${this.base}/slips?show=${show}&limit=100`;
    return (await this.app.get<Page<PaperSlip>>(url, this.meeting.chair.token)).body.items;
  }

  async mine(owner: TestPerson): Promise<MyPaper | undefined> {
    return (await this.app.get<MyPaper[]>(`${this.base}/mine`, owner.token)).body[0];
  }

  async numberOf(owner: TestPerson): Promise<string> {
    return (await this.mine(owner))?.numberText ?? '';
  }

  receive(
    number: string | null,
    facts: { by?: TestPerson; note?: string; key?: string; fileIds?: readonly string[] } = {},
  ): Promise<Answer<PaperReturnDetail & ErrorBody>> {
    const { by = this.meeting.chair, note = '', key = newKey(), fileIds = [] } = facts;
    return this.app.post(`${this.base}/returns`, by.token, { number, note, fileIds }, key);
  }

  /** Answers the file's id. */
  async scan(by: TestPerson): Promise<string> {
    const { payload, headers } = multipart('原票.pdf', Buffer.from('%PDF-1.4 原票'));
    const answer = await this.app.call<FileRef>('POST', '/api/files?purpose=MATERIAL', {
      token: by.token,
      body: payload,
      headers,
    });
    return answer.body.id;
  }

  /** Reads the same mark for every motion, with every owner's signature; or finds a fault. */
  reading(paper: PaperReturnDetail, seen: Mark | { fault: PaperFault }): EnterPaperRequest {
    if (typeof seen === 'object') return { reason: seen.fault, signers: [], marks: [] };
    return {
      reason: null,
      signers: paper.voters.map(({ id }) => id),
      marks: paper.motions.map(({ id }) => ({ motionId: id, mark: seen })),
    };
  }

  enter(
    person: TestPerson,
    paper: PaperReturnDetail,
    seen: Mark | { fault: PaperFault } | EnterPaperRequest,
    key = newKey(),
  ): Promise<Answer<PaperReturnDetail & ErrorBody>> {
    const body = typeof seen === 'object' && 'marks' in seen ? seen : this.reading(paper, seen);
    return this.app.post(`${this.base}/returns/${paper.id}/entries`, person.token, body, key);
  }

  /** Handed in and read by two. */
  async vote(owner: Owner, seen: Mark | { fault: PaperFault }): Promise<PaperReturnDetail> {
    const received = await this.receive(await this.numberOf(owner));
    expect(received).toMatchObject({ status: 201 });
    const [first, second] = this.readers;
    expect((await this.enter(first, received.body, seen)).status).toBe(200);
    const settled = await this.enter(second, received.body, seen);
    expect(settled.status).toBe(200);
    return settled.body;
  }
}
