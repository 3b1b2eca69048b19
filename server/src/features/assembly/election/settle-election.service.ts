import { Inject, Injectable } from '@nestjs/common';
import {
  type CandidateResult,
  type ElectionResult,
  explainElection,
  HANDOVER_LIST,
  isBinding,
  termDuties,
  withBanner,
} from '@linli/shared/assembly';
import { CHINA_HOLIDAYS, type Instant, shanghaiDate } from '@linli/shared/kernel';
import type { RegionProfile } from '@linli/shared/regions';
import { COMMITTEE, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import type { Transaction } from '../../../kernel/database/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { InboxService } from '../../notifications/index.ts';
import type { Assembly } from '../assemblies.repository.ts';
import { EstateRules } from '../estate-rules.ts';
import { electionPage } from './election-page.ts';
import type { CountedElection } from './election-results.ts';
import { ElectionsRepository, type Election } from './elections.repository.ts';
import { ElectionsService } from './elections.service.ts';

/** What a count makes of an election, in the transaction that publishes it: results, run-off, term, duties. */
@Injectable()
export class SettleElectionService {
  constructor(
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(ElectionsService) private readonly drafts: ElectionsService,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async settle(
    tx: Transaction,
    assembly: Assembly,
    counted: readonly CountedElection[],
    now: Instant,
  ): Promise<void> {
    if (counted.length === 0) return;
    const profile = await this.rules.of(tx, assembly.estateId);
    for (const { election, result } of counted) {
      const changed = await tx.run(
        `UPDATE elections SET state = 'COUNTED', outcome = ?, result_json = ?, running_key = NULL
         WHERE id = ? AND state = 'VOTING'`,
        [result.outcome, JSON.stringify(result), election.id],
      );
      if (changed === 0) throw new Error(`Election ${election.id} is not being voted`);
      await this.markCandidates(tx, election, result);
      // Where only the official system binds, what is counted here elects nobody.
      if (isBinding(assembly.ballotMode)) await this.follow(tx, { assembly, election, result, profile, now });
      await this.audit.record(tx, 'SYSTEM', {
        action: 'ELECTION.COUNTED',
        estateId: election.estateId,
        subjectType: 'election',
        subjectId: election.id,
        after: { outcome: result.outcome, elected: result.elected.length, tied: result.tied.length },
      });
      await this.inbox.post(tx, {
        to: await this.inbox.staffOf(tx, election.estateId, [...COMMITTEE, ...STREET]),
        estateId: election.estateId,
        kind: 'ASSEMBLY',
        title: '业委会选举有结果了',
        body: withBanner(assembly.ballotMode, explainElection(result)),
        link: electionPage(election.id),
      });
    }
  }

  private async markCandidates(tx: Transaction, election: Election, result: ElectionResult): Promise<void> {
    const places: readonly (readonly [CandidateResult, readonly string[]])[] = [
      ['ELECTED', result.elected],
      ['ALTERNATE', result.alternates],
      ['TIED', result.tied],
    ];
    await tx.run(
      "UPDATE election_candidates SET result = 'NOT_ELECTED' WHERE election_id = ? AND motion_id IS NOT NULL",
      [election.id],
    );
    for (const [place, motionIds] of places)
      for (const motionId of motionIds)
        await tx.run('UPDATE election_candidates SET result = ? WHERE motion_id = ?', [place, motionId]);
  }

  private async follow(tx: Transaction, settled: Settled): Promise<void> {
    if (settled.result.tied.length > 0) await this.draftRunOff(tx, settled);
    if (settled.result.stands && settled.election.kind !== 'BY_ELECTION') await this.openTerm(tx, settled);
  }

  /** Those who tie stand again for the seats that are left; the convener only has to set the dates. */
  private async draftRunOff(
    tx: Transaction,
    { assembly, election, result, profile, now }: Settled,
  ): Promise<void> {
    const runOff = {
      ...election,
      id: this.ids.next(),
      kind: 'RUN_OFF',
      seats: result.openSeats,
      sitting: election.sitting + result.elected.length,
    } as const;
    await this.insertRunOff(tx, runOff, election.id, now);
    const before = await this.elections.candidates(tx, election.id);
    const tied = before.filter(({ motionId }) => motionId !== null && result.tied.includes(motionId));
    const standing = tied.map((candidate) => ({ ...candidate, id: this.ids.next() }));
    await tx.insert(
      'election_candidates',
      ...standing.map(({ id, personId, statement, nominatedBy }) => ({
        id,
        election_id: runOff.id,
        estate_id: runOff.estateId,
        person_id: personId,
        statement,
        state: 'CONSENTED',
        nominated_by: nominatedBy,
        nominated_at: now,
        refusal: null,
        motion_id: null,
        result: null,
      })),
    );
    const { convener } = assembly;
    const { createdBy } = runOff;
    const plan = { election: runOff, standing, profile, convener, createdBy };
    const assemblyId = await this.drafts.draft(tx, plan);
    const terms = { ...election.terms, seats: runOff.seats, sitting: runOff.sitting };
    await tx.run("UPDATE elections SET state = 'VOTING', assembly_id = ?, terms_json = ? WHERE id = ?", [
      assemblyId,
      JSON.stringify(terms),
      runOff.id,
    ]);
  }

  private async insertRunOff(tx: Transaction, runOff: Election, of: string, now: Instant): Promise<void> {
    await tx.insert('elections', {
      id: runOff.id,
      estate_id: runOff.estateId,
      kind: runOff.kind,
      state: 'LISTED',
      seats: runOff.seats,
      sitting: runOff.sitting,
      committee_seats: runOff.committeeSeats,
      terms_json: null,
      term_years: runOff.termYears,
      starts_on: runOff.startsOn,
      ends_on: runOff.endsOn,
      conditions: runOff.conditions,
      nominations_until: runOff.nominationsUntil,
      objections_until: runOff.objectionsUntil,
      assembly_id: null,
      outcome: null,
      result_json: null,
      run_off_of: of,
      running_key: runOff.estateId,
      offices_proposed_at: null,
      created_by: runOff.createdBy,
      created_at: now,
    });
  }

  /** The term of the new committee with what it owes, and what the old one hands over. */
  private async openTerm(tx: Transaction, { assembly, election, profile, now }: Settled): Promise<void> {
    const { estateId, startsOn } = election;
    const known = await tx.row('SELECT id FROM committee_terms WHERE estate_id = ? AND starts_on = ?', [
      estateId,
      startsOn,
    ]);
    // A run-off fills the term that its election opened.
    if (known !== null) return;
    const electedOn = shanghaiDate(assembly.closesAt ?? now);
    const days = { ...profile.committee, committeeDays: profile.filing.committeeDays };
    const duties = termDuties(electedOn, startsOn, days, CHINA_HOLIDAYS);
    const before = await this.elections.committee(tx, estateId, electedOn);
    const handsOver = before !== null && before.members.length > 0;
    const id = this.ids.next();
    await tx.insert('committee_terms', {
      id,
      estate_id: estateId,
      election_id: election.id,
      seats: election.committeeSeats,
      starts_on: startsOn,
      ends_on: election.endsOn,
      file_by: duties.fileBy,
      filed_on: null,
      first_meeting_by: duties.firstMeetingBy,
      first_meeting_on: null,
      hand_over_by: handsOver ? duties.handOverBy : null,
      registered_by: null,
      created_at: now,
    });
    if (!handsOver) return;
    await tx.insert(
      'handover_items',
      ...HANDOVER_LIST.map(({ kind, name }) => ({
        id: this.ids.next(),
        term_id: id,
        estate_id: estateId,
        kind,
        name,
        state: 'PENDING',
        given_by: null,
        given_at: null,
        received_by: null,
        received_at: null,
        note: null,
      })),
    );
  }
}

interface Settled {
  readonly assembly: Assembly;
  readonly election: Election;
  readonly result: ElectionResult;
  readonly profile: RegionProfile;
  readonly now: Instant;
}
