import { Inject, Injectable } from '@nestjs/common';
import { isBinding, planVacancies, type VacanciesFilled } from '@linli/shared/assembly';
import { shanghaiDate } from '@linli/shared/kernel';
import { type Caller, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { MembershipsService } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { AssembliesRepository } from '../assemblies.repository.ts';
import { EstateRules } from '../estate-rules.ts';
import { electionPage } from './election-page.ts';
import { ElectionsRepository } from './elections.repository.ts';
import { newestTerm, type TermRow } from './terms.service.ts';

/** The offices of the elected 任职: proposed by one of 社区 and 街道, confirmed by another as every office is. */
@Injectable()
export class OfficesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(MembershipsService) private readonly memberships: MembershipsService,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async propose(caller: Caller, estateId: string, electionId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const election = await this.elections.byId(tx, estateId, electionId);
      if (election === null) throw refuse('NOT_FOUND');
      const { result, assemblyId, kind } = election;
      const assembly = assemblyId === null ? null : await this.assemblies.byId(tx, estateId, assemblyId);
      if (result === null || !result.stands || assembly === null || !isBinding(assembly.ballotMode))
        throw refuse('ELECTION.NO_RESULT');
      const changed = await tx.run(
        'UPDATE elections SET offices_proposed_at = ? WHERE id = ? AND offices_proposed_at IS NULL',
        [now, electionId],
      );
      if (changed === 0) throw refuse('ELECTION.GRANTED');
      const today = shanghaiDate(now);
      const committee = await this.elections.committee(tx, estateId, today);
      if (committee === null) throw refuse('ELECTION.NO_COMMITTEE');
      const candidates = await this.elections.candidates(tx, electionId);
      const elected = candidates.filter((candidate) => candidate.result === 'ELECTED');
      await this.memberships.proposeElected(tx, caller, {
        estateId,
        organisationId: committee.id,
        people: elected.map(({ personId }) => personId),
        startsOn: election.startsOn > today ? election.startsOn : today,
        endsOn: election.endsOn,
        // A new committee takes the place of the old one; a by-election and a run-off only add to it.
        replaces: kind === 'GENERAL',
      });
      await this.audit.record(tx, caller, {
        action: 'ELECTION.OFFICES_PROPOSED',
        estateId,
        subjectType: 'election',
        subjectId: electionId,
        after: { people: elected.length },
      });
      await this.inbox.post(tx, {
        to: (await this.inbox.staffOf(tx, estateId, STREET)).filter((id) => id !== caller.personId),
        estateId,
        kind: 'ASSEMBLY',
        title: '业委会任职待确认',
        body: `当选的 ${elected.length} 名委员已提交任职，请另一位工作人员核对后确认。`,
        link: electionPage(electionId),
      });
    });
  }

  /** Seats of members who left: alternates step in by their rank; what is left waits for a by-election. */
  async fill(caller: Caller, estateId: string, termId: string): Promise<VacanciesFilled> {
    const { committee: committeeRules } = await this.rules.of(this.database, estateId);
    const today = shanghaiDate(this.clock.now());
    return this.database.transaction(async (tx) => {
      const term = await newestTerm(tx, estateId);
      if (term?.id !== termId) throw refuse('NOT_FOUND');
      const committee = await this.elections.committee(tx, estateId, today);
      if (committee === null) throw refuse('ELECTION.NO_COMMITTEE');
      const waiting = await this.waitingAlternates(tx, term, committee.id);
      const sitting = committee.people.length + waiting.proposed;
      const { minElected } = committeeRules;
      const plan = planVacancies({ sitting, committeeSeats: term.seats, minElected }, waiting.alternates);
      await this.memberships.proposeElected(tx, caller, {
        estateId,
        organisationId: committee.id,
        people: plan.stepIn,
        startsOn: term.starts_on > today ? term.starts_on : today,
        endsOn: term.ends_on,
        replaces: false,
      });
      await this.audit.record(tx, caller, {
        action: 'TERM.VACANCIES_FILLED',
        estateId,
        subjectType: 'committee-term',
        subjectId: termId,
        after: { stepIn: plan.stepIn.length, byElection: plan.byElection },
      });
      return { stepIn: plan.stepIn.length, byElection: plan.byElection, electAnew: plan.electAnew };
    });
  }

  /** Alternates without an office of this term, best first; those of the run-off had more than the others. */
  private async waitingAlternates(tx: Transaction, term: TermRow, organisationId: string) {
    const rows = await tx.rows<{ id: string }>(
      'SELECT id FROM elections WHERE estate_id = ? AND (id = ? OR run_off_of = ?) ORDER BY id DESC',
      [term.estate_id, term.election_id, term.election_id],
    );
    const alternates: string[] = [];
    for (const { id } of rows) {
      const election = await this.elections.byId(tx, term.estate_id, id);
      const candidates = await this.elections.candidates(tx, id);
      const personOf = new Map(candidates.map(({ motionId, personId }) => [motionId, personId]));
      alternates.push(
        ...(election?.result?.alternates ?? []).map((motionId) => personOf.get(motionId) ?? ''),
      );
    }
    const offices = await tx.rows<{ person_id: string; confirmed_at: number | null }>(
      'SELECT person_id, confirmed_at FROM memberships WHERE organisation_id = ? AND ends_on = ?',
      [organisationId, term.ends_on],
    );
    const held = new Set(offices.map((row) => row.person_id));
    return {
      alternates: alternates.filter((personId) => !held.has(personId)),
      proposed: offices.filter((row) => row.confirmed_at === null).length,
    };
  }
}
