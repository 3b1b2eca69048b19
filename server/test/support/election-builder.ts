import { expect } from '@jest/globals';
import type { AssemblyDetail, AssemblyDraft, ElectionDetail, ElectionSummary } from '@linli/shared/assembly';
import { addDays, DAY_MS, endOfDay, type Page, shanghaiDate } from '@linli/shared/kernel';
import type { TestApp } from './app.ts';
import { AssemblyBuilder, lawfulPlan, newKey, type Owner } from './assembly-builder.ts';
import type { TestPerson } from './estate-builder.ts';

/** Walks elections through their life over HTTP. */
export class ElectionBuilder {
  private constructor(
    private readonly app: TestApp,
    readonly meeting: AssemblyBuilder,
    readonly community: TestPerson,
    readonly street: TestPerson,
  ) {}

  static async start(app: TestApp, regionCode = 'qitai'): Promise<ElectionBuilder> {
    const meeting = await AssemblyBuilder.start(app, regionCode);
    const community = await app.build.member('社区', 'COMMUNITY_OFFICER', [meeting.estateId]);
    const street = await app.build.member('街道', 'STREET_OFFICER', [meeting.estateId]);
    return new ElectionBuilder(app, meeting, community, street);
  }

  get estateId(): string {
    return this.meeting.estateId;
  }

  get base(): string {
    return `/api/estates/${this.estateId}/elections`;
  }

  plan(facts: object = {}): object {
    const today = shanghaiDate(this.app.clock.now());
    return {
      kind: 'GENERAL',
      seats: 5,
      termYears: 5,
      startsOn: addDays(today, 60),
      conditions: '本小区业主，遵守管理规约，按时交纳物业费。',
      nominationsUntil: endOfDay(addDays(today, 7)),
      objectionsUntil: endOfDay(addDays(today, 14)),
      ...facts,
    };
  }

  async begin(facts: object = {}): Promise<string> {
    const answer = await this.app.post<{ id: string }>(
      this.base,
      this.meeting.chair.token,
      this.plan(facts),
      newKey(),
    );
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id;
  }

  async nominate(electionId: string, owners: readonly TestPerson[]): Promise<void> {
    for (const owner of owners) {
      const url = `${this.base}/${electionId}/candidates`;
      const answer = await this.app.post(url, owner.token, { statement: '愿意为大家服务' }, newKey());
      expect(answer).toMatchObject({ status: 201 });
    }
  }

  async detail(electionId: string, person: TestPerson = this.meeting.chair): Promise<ElectionDetail> {
    const answer = await this.app.get<ElectionDetail>(`${this.base}/${electionId}`, person.token);
    expect(answer.status).toBe(200);
    return answer.body;
  }

  async newest(): Promise<ElectionSummary | undefined> {
    const { body } = await this.app.get<Page<ElectionSummary>>(this.base, this.meeting.chair.token);
    return body.items[0];
  }

  /** Nominations and objections over, and the meeting drafted. */
  async assembled(electionId: string): Promise<string> {
    const { nominationsUntil, objectionsUntil } = await this.detail(electionId);
    this.app.clock.set(nominationsUntil + DAY_MS);
    const list = await this.app.post(`${this.base}/${electionId}/list`, this.meeting.chair.token);
    expect(list).toMatchObject({ status: 200 });
    this.app.clock.set(objectionsUntil + DAY_MS);
    const url = `${this.base}/${electionId}/assembly`;
    const { body } = await this.app.post<{ assemblyId: string }>(url, this.meeting.chair.token);
    return body.assemblyId;
  }

  draft(assemblyId: string): Promise<AssemblyDraft> {
    const url = `${this.meeting.base}/${assemblyId}/draft`;
    return this.app.get<AssemblyDraft>(url, this.meeting.chair.token).then(({ body }) => body);
  }

  /** The drafted meeting gets its dates and its notice, and the clock goes to the first minute of voting. */
  async voting(assemblyId: string): Promise<AssemblyDetail> {
    const { title, summary, motions, version } = await this.draft(assemblyId);
    const plan = lawfulPlan(this.app.clock.now(), {
      title,
      summary,
      motions: motions.map(({ id, matter, title: name, text, scope, amountLimitFen }) => ({
        id: id ?? '',
        matter,
        title: name,
        text,
        scope,
        amountLimitFen,
      })),
    });
    const saved = await this.app.call('PUT', `${this.meeting.base}/${assemblyId}`, {
      token: this.meeting.chair.token,
      body: { ...plan, version },
    });
    expect(saved).toMatchObject({ status: 200 });
    const url = `${this.meeting.base}/${assemblyId}/notify`;
    const noticed = await this.app.post<AssemblyDetail>(url, this.meeting.chair.token);
    expect(noticed).toMatchObject({ status: 200 });
    this.app.clock.set((noticed.body.opensAt ?? 0) + 60_000);
    return noticed.body;
  }

  /** Chooses candidates by their place on the list, from 0. */
  async choose(owner: Owner, assembly: AssemblyDetail, places: readonly number[]) {
    const principalId = await this.meeting.principalOf(owner, assembly.id);
    const votes = places.map((place) => ({ motionId: assembly.motions[place]?.id ?? '', choice: 'FOR' }));
    const body = { principalId, votes, confirmed: true };
    return this.app.post<{ code: string }>(
      `${this.meeting.base}/${assembly.id}/ballots`,
      owner.token,
      body,
      newKey(),
    );
  }
}
