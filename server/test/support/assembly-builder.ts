import { expect } from '@jest/globals';
import {
  type AssemblyDetail,
  type AssemblyDraft,
  type AssemblyDraftRequest,
  type BallotReceipt,
  type Choice,
  COUNTING_GRACE_MS,
  type MotionDraftRequest,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import type { ErrorBody } from '@linli/shared/errors';
import { addDays, DAY_MS, endOfDay, HOUR_MS, shanghaiDate, startOfDay } from '@linli/shared/kernel';
import { ReadLogService } from '../../src/features/assembly/log/read-log.service.ts';
import type { Answer, TestApp } from './app.ts';
import type { TestPerson, TestUnit } from './estate-builder.ts';
import { verifyText } from './verifier.ts';

let actions = 0;
/** A key such as the phone makes for each tap. */
export const newKey = () => `test-action-${String(++actions).padStart(8, '0')}`;

export interface Owner extends TestPerson {
  readonly units: readonly TestUnit[];
}

export function motion(facts: Partial<MotionDraftRequest> = {}): MotionDraftRequest {
  return {
    matter: 9,
    title: '用公共收益更换单元门禁',
    text: '从公共收益中支出不超过 50,000 元更换全部单元门禁。',
    scope: WHOLE_ESTATE,
    amountLimitFen: 5_000_000,
    ...facts,
  };
}

/** A plan that the law has nothing against if the notice goes out today: 16 days on, three days of voting. */
export function lawfulPlan(now: number, facts: Partial<AssemblyDraftRequest> = {}): AssemblyDraftRequest {
  const today = shanghaiDate(now);
  const opensAt = startOfDay(addDays(today, 16)) + 9 * HOUR_MS;
  return {
    title: '2026年秋季业主大会',
    summary: '门禁经常坏，物业报修多次没有修好，请大家决定是否更换。',
    motions: [motion()],
    materialFileIds: [],
    opinionsUntil: null,
    objectionsUntil: endOfDay(addDays(today, 8)),
    opensAt,
    closesAt: opensAt + 3 * DAY_MS,
    residentsCommitteeInformedOn: today,
    ...facts,
  };
}

/** Walks meetings through their life over HTTP, as conveners and owners do. */
export class AssemblyBuilder {
  readonly chair: TestPerson;

  private constructor(
    private readonly app: TestApp,
    readonly estateId: string,
    chair: TestPerson,
  ) {
    this.chair = chair;
  }

  static async start(app: TestApp, regionCode = 'qitai'): Promise<AssemblyBuilder> {
    const estateId = await app.build.estate('康宁家园', regionCode);
    const chair = await app.build.member('主任', 'COMMITTEE_CHAIR', [estateId]);
    return new AssemblyBuilder(app, estateId, chair);
  }

  get base(): string {
    return `/api/estates/${this.estateId}/assemblies`;
  }

  /** `count` owners with a home of 100 ㎡ each. */
  async owners(count: number, areaCentiSqm = 10_000): Promise<Owner[]> {
    const owners: Owner[] = [];
    for (let n = 0; n < count; n++) {
      const unit = await this.app.build.unit(this.estateId, `${100 + n}-${newKey().slice(-6)}`, areaCentiSqm);
      owners.push({ ...(await this.app.build.owner(`业主${n}`, [unit])), units: [unit] });
    }
    return owners;
  }

  /** One owner with a home of 100 ㎡. */
  async owner(): Promise<Owner> {
    const [owner] = await this.owners(1);
    if (owner === undefined) throw new Error('no owner');
    return owner;
  }

  async draft(facts: Partial<AssemblyDraftRequest> = {}): Promise<AssemblyDraft> {
    const answer = await this.app.post<AssemblyDraft>(
      this.base,
      this.chair.token,
      lawfulPlan(this.app.clock.now(), facts),
      newKey(),
    );
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  }

  async noticed(facts: Partial<AssemblyDraftRequest> = {}): Promise<AssemblyDetail> {
    const { id } = await this.draft(facts);
    const answer = await this.app.post<AssemblyDetail>(`${this.base}/${id}/notify`, this.chair.token);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  }

  /** Noticed, and the clock at the first minute of voting. */
  async voting(facts: Partial<AssemblyDraftRequest> = {}): Promise<AssemblyDetail> {
    const assembly = await this.noticed(facts);
    this.app.clock.set((assembly.opensAt ?? 0) + 60_000);
    return assembly;
  }

  detail(person: TestPerson, assemblyId: string): Promise<Answer<AssemblyDetail>> {
    return this.app.get<AssemblyDetail>(`${this.base}/${assemblyId}`, person.token);
  }

  async principalOf(person: TestPerson, assemblyId: string): Promise<string> {
    const { body } = await this.detail(person, assemblyId);
    return body.mine[0]?.principalId ?? '';
  }

  /** One choice for every motion. */
  async cast(
    person: TestPerson,
    assembly: AssemblyDetail,
    choice: Choice,
    key = newKey(),
  ): Promise<Answer<BallotReceipt & ErrorBody>> {
    const principalId = await this.principalOf(person, assembly.id);
    return this.castFor(person, assembly, principalId, choice, key);
  }

  castFor(
    person: TestPerson,
    assembly: AssemblyDetail,
    principalId: string,
    choice: Choice,
    key = newKey(),
  ): Promise<Answer<BallotReceipt & ErrorBody>> {
    const votes = assembly.motions.map(({ id }) => ({ motionId: id, choice }));
    const body = { principalId, votes, confirmed: true };
    return this.app.post<BallotReceipt & ErrorBody>(
      `${this.base}/${assembly.id}/ballots`,
      person.token,
      body,
      key,
    );
  }

  /** To the count, and through it; whatever was counted, the verifier must count the same from the file. */
  async count(assembly: AssemblyDetail): Promise<void> {
    this.app.clock.set((assembly.closesAt ?? 0) + COUNTING_GRACE_MS);
    await this.app.runJobs();
    const lines: string[] = [];
    const file = await this.app.nest.get(ReadLogService).ownersExport(this.estateId, assembly.id);
    for await (const line of file) lines.push(line);
    verifyText(lines.join(''));
  }
}
