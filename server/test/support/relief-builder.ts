import { expect } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { BillView } from '@linli/shared/fees';
import type { MyRelief, ReliefFile, ReliefView } from '@linli/shared/relief';
import sharp from 'sharp';
import { SessionsService } from '../../src/features/identity/index.ts';
import { FilesService } from '../../src/kernel/files/index.ts';
import type { Answer, TestApp } from './app.ts';
import { newKey } from './assembly-builder.ts';
import type { TestPerson } from './estate-builder.ts';

/** 民政 pays half. */
export const HALF = {
  approve: true,
  note: '',
  percent: 50,
  funder: { kind: 'CIVIL_AFFAIRS', name: '奇台县民政局' },
  until: null,
};

/** Household, community and street of one estate, over HTTP. */
export class ReliefBuilder {
  private constructor(
    readonly app: TestApp,
    readonly estateId: string,
    readonly community: TestPerson,
    readonly street: TestPerson,
  ) {}

  static async start(app: TestApp, estateId: string): Promise<ReliefBuilder> {
    const community = await app.build.member('社区王', 'COMMUNITY_OFFICER', [estateId]);
    const street = await app.build.member('街道刘', 'STREET_OFFICER', [estateId]);
    return new ReliefBuilder(app, estateId, community, street);
  }

  get base(): string {
    return `/api/estates/${this.estateId}/relief`;
  }

  /** A photo of a certificate that the person has uploaded and not used yet. */
  async paper(person: TestPerson): Promise<string> {
    const body = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a86' } })
      .jpeg()
      .toBuffer();
    const caller = await this.app.nest.get(SessionsService).find(person.token);
    if (caller === null) throw new Error('The person is signed out');
    const file = await this.app.nest
      .get(FilesService)
      .keep(caller, { purpose: 'HARDSHIP_PAPER', name: '低保证.jpg', body });
    return file.id;
  }

  async ask(
    person: TestPerson,
    bills: readonly BillView[],
    facts: object = {},
    key = newKey(),
  ): Promise<Answer<ReliefView & ErrorBody>> {
    const request = {
      unitId: bills[0]?.unitId,
      kind: 'REDUCTION',
      billIds: bills.map(({ id }) => id),
      certificateKind: 'MINIMUM_LIVING',
      certificateNumber: '6523 2510 0001',
      reason: '家里两位老人常年吃药',
      paperFileIds: [await this.paper(person)],
      wishedUntil: null,
      consent: true,
      ...facts,
    };
    return this.app.post(this.base, person.token, request, key);
  }

  async asked(person: TestPerson, bills: readonly BillView[], facts: object = {}): Promise<ReliefView> {
    const answer = await this.ask(person, bills, facts);
    expect(answer).toMatchObject({ status: 201, body: { state: 'SUBMITTED' } });
    return answer.body;
  }

  verify(id: string, facts: object = {}, by = this.community): Promise<Answer<ReliefFile & ErrorBody>> {
    const request = { verified: true, note: '', ...facts };
    return this.app.post(`${this.base}/${id}/verification`, by.token, request);
  }

  decide(id: string, request: object = HALF, by = this.street): Promise<Answer<ReliefFile & ErrorBody>> {
    return this.app.post(`${this.base}/${id}/decision`, by.token, request);
  }

  /** Asked, verified and approved; carried out when the jobs run. */
  async approved(
    person: TestPerson,
    bills: readonly BillView[],
    facts: object = {},
    decision: object = HALF,
  ): Promise<string> {
    const { id } = await this.asked(person, bills, facts);
    expect(await this.verify(id)).toMatchObject({ status: 200, body: { state: 'COMMUNITY_VERIFIED' } });
    expect(await this.decide(id, decision)).toMatchObject({
      status: 200,
      body: { state: 'STREET_APPROVED' },
    });
    return id;
  }

  async mine(person: TestPerson): Promise<readonly ReliefView[]> {
    const answer = await this.app.get<MyRelief>(`/api/me/relief?estateId=${this.estateId}`, person.token);
    expect(answer.status).toBe(200);
    return answer.body.items;
  }
}
