import { Inject, Injectable } from '@nestjs/common';
import {
  ASSEMBLY_ERRORS,
  CAST_TIME_LIMIT_MS,
  checkAgenda,
  checkDuties,
  checkNotice,
  checkPlan,
  type ConveningReport,
  electorateOf,
  type AssemblyPlan,
} from '@linli/shared/assembly';
import { type FieldError, fieldError, KERNEL_ERRORS } from '@linli/shared/errors';
import { type Instant, addDays, formatFullDate, formatInstant, shanghaiDate } from '@linli/shared/kernel';
import type { RegionProfile } from '@linli/shared/regions';
import { type Caller, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, update, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { InboxService } from '../../notifications/index.ts';
import { AssembliesRepository, type Assembly, type Motion, meetingName } from '../assemblies.repository.ts';
import { assemblyPage } from '../assembly-page.ts';
import { transactionWithin } from '../ballots/within-limit.ts';
import { planVotingJobs } from '../count/voting-jobs.ts';
import { ElectionsService } from '../election/elections.service.ts';
import { EstateRules } from '../estate-rules.ts';
import { noticeMessage } from '../meeting-messages.ts';
import { readCurrentRoll } from '../roll/current-roll.ts';
import { AssemblyLog } from '../log/assembly-log.service.ts';
import { FrozenRollRepository, sha256 } from '../roll/frozen-roll.repository.ts';
import { nextMeetingOfYear } from './meeting-number.ts';
import { nextAssemblyState, nextMotionState } from './steps.ts';

/** What `sendNotice` makes sure of before the meeting moves on. */
const NOTICE_NEEDS = [
  'MOTIONS',
  'NOTICE_PERIOD',
  'OPINIONS_HEARD',
  'ROLL_FROZEN',
  'RESIDENTS_COMMITTEE_INFORMED',
] as const;

/** The convener's steps: ask for opinions, send the notice, withdraw a motion, cancel. The clock does the rest. */
@Injectable()
export class ConveneService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(FrozenRollRepository) private readonly frozenRoll: FrozenRollRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(ElectionsService) private readonly elections: ElectionsService,
    @Inject(AssemblyLog) private readonly log: AssemblyLog,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** What the law would still say no to if the notice went out now. */
  async check(estateId: string, assemblyId: string): Promise<ConveningReport> {
    const assembly = await this.find(this.database, estateId, assemblyId);
    const motions = await this.assemblies.motions(this.database, assemblyId);
    const profile = await this.rules.of(this.database, estateId);
    const roll = await readCurrentRoll(this.database, estateId);
    const today = shanghaiDate(this.clock.now());
    const faults = [
      ...planFaults(assembly, motions, profile, this.clock.now()),
      ...(await this.cooldownFaults(this.database, assembly, motions, profile)),
    ];
    return {
      ready: faults.length === 0,
      faults,
      notice:
        assembly.opensAt === null
          ? null
          : checkNotice(today, shanghaiDate(assembly.opensAt), profile.meeting),
      electorates: motions.map((motion) => ({
        motionId: motion.id,
        total: electorateOf(roll, motion.scope, profile.voting).total,
      })),
    };
  }

  async askOpinions(caller: Caller, estateId: string, assemblyId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await this.find(tx, estateId, assemblyId);
      const motions = await this.assemblies.motions(tx, assemblyId);
      const faults = checkAgenda({ title: assembly.title, summary: assembly.summary, motions });
      const now = this.clock.now();
      if (assembly.opinionsUntil === null || assembly.opinionsUntil <= now)
        faults.push(fieldError(KERNEL_ERRORS, 'opinionsUntil', 'FIELD.REQUIRED'));
      const to = nextAssemblyState(assembly.stored, 'ASK_OPINIONS', 'CONVENER', ['MOTIONS']);
      if (faults.length > 0) throw refuse('ASSEMBLY.NOT_READY', { fields: faults });
      await this.move(tx, assembly, to, { opinions_asked_on: shanghaiDate(now) });
      await this.record(tx, caller, assembly, 'ASSEMBLY.OPINIONS_ASKED', { until: assembly.opinionsUntil });
      await this.inbox.post(tx, {
        to: await this.inbox.residentsOf(tx, estateId),
        estateId,
        kind: 'ASSEMBLY',
        title: '业主大会议题征求意见',
        body: `《${assembly.title}》共 ${motions.length} 项议题，${formatInstant(assembly.opinionsUntil ?? now, now)} 前可以提意见。`,
        link: assemblyPage(assemblyId),
      });
    });
  }

  async redraft(caller: Caller, estateId: string, assemblyId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await this.find(tx, estateId, assemblyId);
      const to = nextAssemblyState(assembly.stored, 'REDRAFT', 'CONVENER');
      await this.move(tx, assembly, to, { opinions_asked_on: null });
      await this.record(tx, caller, assembly, 'ASSEMBLY.OPINIONS_TAKEN_BACK', {});
    });
  }

  /**
   * The notice 通知: everything that the law asks for is checked once more, the roll and the rules are frozen and
   * committed to by hashes, and the jobs that open and count the vote are planted; all in one transaction.
   */
  async notify(caller: Caller, estateId: string, assemblyId: string): Promise<void> {
    const profile = await this.rules.of(this.database, estateId);
    try {
      await this.database.transaction((tx) => this.sendNotice(tx, caller, estateId, assemblyId, profile));
    } catch (error) {
      throw violates(error, 'uq_assemblies_meeting') ? refuse('CONFLICT') : error;
    }
  }

  async cancel(caller: Caller, estateId: string, assemblyId: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await this.find(tx, estateId, assemblyId);
      const now = this.clock.now();
      // Once voting has begun by the clock, nobody can make the ballots go away.
      if (assembly.stored === 'NOTICED' && assembly.opensAt !== null && now >= assembly.opensAt)
        throw refuse('STATE.NOT_ALLOWED');
      const to = nextAssemblyState(assembly.stored, 'CANCEL', 'CONVENER', ['REASON']);
      await this.move(tx, assembly, to, { cancelled_at: now, cancel_reason: reason });
      await this.log.cancel(tx, assemblyId, { at: now, reason });
      await this.elections.release(tx, assemblyId);
      await this.record(tx, caller, assembly, 'ASSEMBLY.CANCELLED', { reason });
      if (assembly.stored === 'DRAFT') return;
      await this.inbox.post(tx, {
        to: await this.inbox.residentsOf(tx, estateId),
        estateId,
        kind: 'ASSEMBLY',
        title: '业主大会会议取消',
        body: `《${assembly.title}》已取消：${reason}`.slice(0, 300),
        link: assemblyPage(assemblyId),
      });
    });
  }

  async withdrawMotion(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    motionId: string,
    reason: string,
  ): Promise<void> {
    const now = this.clock.now();
    const until = now + CAST_TIME_LIMIT_MS;
    const late = () => refuse('CONFLICT');
    await transactionWithin(this.database, { clock: this.clock, until, late }, async (tx) => {
      const assembly = await this.find(tx, estateId, assemblyId);
      const motion = (await this.assemblies.motions(tx, assemblyId)).find(({ id }) => id === motionId);
      if (motion === undefined) throw refuse('NOT_FOUND');
      // A draft is edited instead, and what is cancelled or counted has nothing left to withdraw from.
      if (assembly.stored !== 'NOTICED' && assembly.stored !== 'VOTING') throw refuse('STATE.NOT_ALLOWED');
      const inTime = assembly.closesAt === null || now <= assembly.closesAt;
      const present = inTime ? (['REASON', 'BEFORE_DEADLINE'] as const) : (['REASON'] as const);
      const to = nextMotionState(motion.state, 'WITHDRAW', 'CONVENER', present);
      const changed = await tx.run(
        'UPDATE assembly_motions SET state = ?, withdrawn_at = ?, withdrawn_reason = ? WHERE id = ? AND state = ?',
        [to, now, reason, motionId, motion.state],
      );
      if (changed === 0) throw refuse('CONFLICT');
      await this.log.withdraw(tx, assemblyId, { at: now, motion: motionId, reason });
      await this.record(tx, caller, assembly, 'MOTION.WITHDRAWN', { motionId, reason });
      await this.inbox.post(tx, {
        to: await this.inbox.residentsOf(tx, estateId),
        estateId,
        kind: 'ASSEMBLY',
        title: '一项议题已撤回',
        body: `《${motion.title}》不再表决：${reason}`.slice(0, 300),
        link: assemblyPage(assemblyId),
      });
    });
  }

  private async sendNotice(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    assemblyId: string,
    profile: RegionProfile,
  ): Promise<void> {
    const assembly = await this.find(tx, estateId, assemblyId);
    const motions = await this.assemblies.motions(tx, assemblyId);
    const now = this.clock.now();
    const to = nextAssemblyState(assembly.stored, 'NOTIFY', 'CONVENER', NOTICE_NEEDS);
    const faults = [
      ...planFaults(assembly, motions, profile, now),
      ...(await this.cooldownFaults(tx, assembly, motions, profile)),
    ];
    if (faults.length > 0) throw refuse('ASSEMBLY.NOT_READY', { fields: faults });
    const { opensAt, closesAt } = assembly;
    if (opensAt === null || closesAt === null) throw refuse('ASSEMBLY.NOT_READY');

    const roll = await readCurrentRoll(tx, estateId);
    const empty = motions.some(
      (motion) => electorateOf(roll, motion.scope, profile.voting).total.heads === 0,
    );
    if (empty) throw refuse('ASSEMBLY.ROLL_EMPTY');
    const year = Number(shanghaiDate(opensAt).slice(0, 4));
    const ofYear = await nextMeetingOfYear(tx, estateId, year);
    const noticed = { ...assembly, year, ofYear, ballotMode: profile.meeting.onlineBallotMode };
    await this.move(tx, assembly, to, {
      meeting_year: year,
      meeting_of_year: ofYear,
      noticed_on: shanghaiDate(now),
      frozen_at: now,
      ...termsOf(profile),
    });
    const rollHash = await this.frozenRoll.freeze(tx, assemblyId, roll, profile.voting);
    await tx.run('UPDATE assemblies SET roll_hash = ? WHERE id = ?', [rollHash, assemblyId]);
    await tx.run(
      "UPDATE assembly_motions SET state = 'ON_AGENDA' WHERE assembly_id = ? AND state = 'PROPOSED'",
      [assemblyId],
    );
    await this.log.begin(tx, {
      id: assemblyId,
      estateId,
      name: meetingName(noticed),
      opensAt,
      closesAt,
      profile,
      motions: motions.filter(({ state }) => state === 'PROPOSED'),
    });
    await planVotingJobs(this.jobs, tx, { assemblyId, estateId, opensAt, closesAt });
    await this.record(tx, caller, assembly, 'ASSEMBLY.NOTICED', { rollHash, opensAt, closesAt });
    await this.tellNoticed(tx, noticed, noticeMessage(noticed, motions, now));
  }

  /** Everybody, and the residents' committee, which is told of every meeting (物业管理条例 14). */
  private async tellNoticed(tx: Transaction, { id, estateId }: Assembly, body: string): Promise<void> {
    await this.inbox.post(tx, {
      to: [
        ...(await this.inbox.residentsOf(tx, estateId)),
        ...(await this.inbox.staffOf(tx, estateId, STREET)),
      ],
      estateId,
      kind: 'ASSEMBLY',
      title: '业主大会会议通知',
      body,
      link: assemblyPage(id),
    });
  }

  /** A motion that lacked its quorum may come back only after the region's cooling time; one that was voted down, at once. */
  private async cooldownFaults(
    reader: Reader,
    assembly: Assembly,
    motions: readonly Motion[],
    { meeting }: RegionProfile,
  ): Promise<FieldError[]> {
    const { repeatCooldownDays } = meeting;
    if (repeatCooldownDays === 0) return [];
    const today = shanghaiDate(this.clock.now());
    const lacking = await reader.rows<{ title: string; closes_at: number }>(
      `SELECT m.title, a.closes_at FROM assemblies a JOIN assembly_motions m ON m.assembly_id = a.id
       WHERE a.estate_id = ? AND a.state = 'PUBLISHED' AND m.state = 'NO_QUORUM'`,
      [assembly.estateId],
    );
    return motions.flatMap((motion, index) => {
      const last = lacking.filter(({ title }) => title === motion.title).map(({ closes_at }) => closes_at);
      if (last.length === 0) return [];
      const earliest = addDays(shanghaiDate(Math.max(...last)), repeatCooldownDays);
      if (earliest <= today) return [];
      const params = { earliest: formatFullDate(earliest) };
      return [fieldError(ASSEMBLY_ERRORS, `motions[${index}].title`, 'CONVENE.COOLDOWN', { params })];
    });
  }

  private async find(reader: Reader, estateId: string, assemblyId: string): Promise<Assembly> {
    const assembly = await this.assemblies.byId(reader, estateId, assemblyId);
    if (assembly === null) throw refuse('NOT_FOUND');
    return assembly;
  }

  /** One conditional step: who comes second finds the state gone. */
  private async move(
    tx: Transaction,
    assembly: Assembly,
    to: string,
    columns: Readonly<Record<string, string | number | null>>,
  ): Promise<void> {
    const { id, stored, version } = assembly;
    const changes = { state: to, ...columns, version: version + 1 };
    const changed = await update(tx, 'assemblies', changes, { id, state: stored, version });
    if (changed === 0) throw refuse('CONFLICT');
  }

  private record(
    tx: Transaction,
    caller: Caller,
    { id, estateId, stored }: Assembly,
    action: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId,
      subjectType: 'assembly',
      subjectId: id,
      before: { state: stored },
      after,
    });
  }
}

/** What the notice says of how the vote goes: for this meeting it stays so, whatever the region says later. */
function termsOf({ voting, meeting }: RegionProfile) {
  const rulesJson = JSON.stringify(voting);
  return {
    ballot_mode: meeting.onlineBallotMode,
    rules_json: rulesJson,
    rules_hash: sha256(rulesJson),
    extension_max_days: meeting.extensionMaxDays,
  };
}

/** Dates that are not chosen yet are faults of their own; the law is asked about the rest. */
function planFaults(
  assembly: Assembly,
  motions: readonly Motion[],
  { meeting }: RegionProfile,
  now: Instant,
): FieldError[] {
  const { objectionsUntil, opensAt, closesAt } = assembly;
  const common = {
    title: assembly.title,
    summary: assembly.summary,
    motions,
    opinionsAskedOn: assembly.opinionsAskedOn,
    noticedOn: shanghaiDate(now),
    residentsCommitteeInformedOn: assembly.informedOn,
  };
  if (objectionsUntil !== null && opensAt !== null && closesAt !== null)
    return checkPlan({ ...common, objectionsUntil, opensAt, closesAt } satisfies AssemblyPlan, meeting);
  const missing = Object.entries({ objectionsUntil, opensAt, closesAt }).filter(
    ([, value]) => value === null,
  );
  return [
    ...checkAgenda(common),
    ...missing.map(([path]) => fieldError(KERNEL_ERRORS, path, 'FIELD.REQUIRED')),
    ...checkDuties({ ...common, objectionsUntil: now, opensAt: now, closesAt: now }, meeting),
  ];
}
