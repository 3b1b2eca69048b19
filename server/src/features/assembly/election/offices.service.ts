import { Inject, Injectable } from '@nestjs/common';
import { isBinding } from '@linli/shared/assembly';
import { shanghaiDate } from '@linli/shared/kernel';
import { type Caller, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { MembershipsService } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { AssembliesRepository } from '../assemblies.repository.ts';
import { electionPage } from './election-page.ts';
import { ElectionsRepository } from './elections.repository.ts';

/** The offices of the elected 任职: proposed by one of 社区 and 街道, confirmed by another as every office is. */
@Injectable()
export class OfficesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
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
}
