import { Inject, Injectable } from '@nestjs/common';
import type {
  AssemblyDetail,
  AssemblyResult,
  BallotReceipt,
  CastBallotRequest,
  DelegatedAssembly,
  DeveloperMeeting,
  DeveloperVote,
  RegisterDelegateRequest,
} from '@linli/shared/assembly';
import { type Instant, maskName, shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { RateLimits, type RateLimit } from '../../../kernel/rate-limits/rate-limits.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { AssembliesRepository, type Assembly, meetingName, stateAt } from '../assemblies.repository.ts';
import { ReadAssemblyService } from '../read/read-assembly.service.ts';
import { CastBallotService } from './cast-ballot.service.ts';

/** A registration tells whether a number has an account; that must not become a way to look numbers up. */
const REGISTRATIONS: RateLimit = { name: 'delegate-registration', points: 30, seconds: 3600 };
const MOST_MEETINGS = 50;

interface DeveloperRow {
  id: string;
  assembly_id: string;
  developer: string | null;
  units: number;
  heads: number;
  area_centi_sqm: number;
  delegate_person_id: string | null;
}

interface SeatRow {
  id: string;
  estate_id: string;
  name: string;
  title: string;
  seat: string;
}

/** The meetings that a person votes in for somebody else; a guardian only where the ward is on the frozen roll. */
const SEATS = `SELECT p.assembly_id, 'DEVELOPER' AS seat FROM assembly_principals p WHERE p.delegate_person_id = ?
  UNION SELECT m.assembly_id, 'PROXY' AS seat FROM assembly_mandates m WHERE m.agent_person_id = ? AND m.state = 'ACTIVE'
  UNION SELECT v.assembly_id, 'GUARDIAN' AS seat FROM guardianships g
    JOIN assembly_roll_owners v ON v.owner_id = g.owner_id
    WHERE g.guardian_person_id = ? AND g.state = 'IN_FORCE' AND (g.ends_on IS NULL OR g.ends_on > ?)`;

/** Who votes for the developer 建设单位: registered on a letter by 社区 or 街道, in this one meeting. */
@Injectable()
export class DelegatesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReadAssemblyService) private readonly reading: ReadAssemblyService,
    @Inject(CastBallotService) private readonly ballots: CastBallotService,
  ) {}

  async list(estateId: string, assemblyId: string): Promise<DeveloperVote[]> {
    await this.find(estateId, assemblyId);
    return (await this.developersOf([assemblyId])).get(assemblyId) ?? [];
  }

  /** Meetings of the estate in which a delegate can be registered now, the one that is voted first. */
  async meetings(estateId: string): Promise<DeveloperMeeting[]> {
    const now = this.clock.now();
    const [open, coming] = await Promise.all(
      (['OPEN', 'COMING'] as const).map((stage) =>
        this.assemblies.page(this.database, estateId, stage, now, undefined, MOST_MEETINGS),
      ),
    );
    const noticed = [...(open ?? []), ...(coming ?? [])].filter((meeting) => isRegistering(meeting, now));
    const developers = await this.developersOf(noticed.map(({ id }) => id));
    return noticed.flatMap((meeting) => {
      const votes = developers.get(meeting.id);
      if (votes === undefined) return [];
      const { id: assemblyId, title, opensAt, closesAt } = meeting;
      const state = stateAt(meeting, now);
      return [{ assemblyId, name: meetingName(meeting), title, state, opensAt, closesAt, developers: votes }];
    });
  }

  /** A later registration takes the place of the earlier; a ballot that was cast stands until the next one. */
  async register(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: RegisterDelegateRequest,
  ): Promise<DeveloperVote[]> {
    await this.limits.use(REGISTRATIONS, caller.personId);
    const assembly = await this.find(estateId, assemblyId);
    if (!isRegistering(assembly, this.clock.now())) throw refuse('DELEGATE.CLOSED');
    if (request.phone !== null && request.letterFileId === null) throw refuse('DELEGATE.LETTER');
    await this.database.transaction((tx) => this.write(tx, caller, assembly, request));
    return this.list(estateId, assemblyId);
  }

  /** The meetings that the caller votes in for somebody else. */
  async mine(caller: Caller): Promise<DelegatedAssembly[]> {
    const rows = await this.database.rows<SeatRow>(
      `SELECT DISTINCT a.id, a.estate_id, e.name, a.title, s.seat
       FROM (${SEATS}) s JOIN assemblies a ON a.id = s.assembly_id JOIN estates e ON e.id = a.estate_id
       ORDER BY a.id DESC LIMIT ${MOST_MEETINGS}`,
      this.seatsOf(caller),
    );
    return rows.map((row) => ({
      assemblyId: row.id,
      as: row.seat as DelegatedAssembly['as'],
      estateId: row.estate_id,
      estateName: row.name,
      title: row.title,
    }));
  }

  async read(caller: Caller, assemblyId: string): Promise<AssemblyDetail> {
    return this.reading.detail(caller, await this.estateOf(caller, assemblyId), assemblyId);
  }

  async result(caller: Caller, assemblyId: string): Promise<AssemblyResult> {
    return this.reading.result(caller, await this.estateOf(caller, assemblyId), assemblyId);
  }

  async cast(
    caller: Caller,
    assemblyId: string,
    request: CastBallotRequest,
    key: string,
  ): Promise<BallotReceipt> {
    return this.ballots.cast(caller, await this.estateOf(caller, assemblyId), assemblyId, request, key);
  }

  /** All of them, as many as the rolls name: a meeting has a handful. */
  private async developersOf(assemblyIds: readonly string[]): Promise<ReadonlyMap<string, DeveloperVote[]>> {
    if (assemblyIds.length === 0) return new Map();
    const rows = await this.database.rows<DeveloperRow>(
      `SELECT p.id, p.assembly_id, MIN(u.developer) AS developer, SUM(u.counted) AS units, p.heads, p.area_centi_sqm,
         p.delegate_person_id
       FROM assembly_principals p JOIN assembly_roll_units u ON u.principal_id = p.id
       WHERE p.assembly_id IN (${assemblyIds.map(() => '?').join(', ')}) AND p.kind = 'DEVELOPER'
       GROUP BY p.id, p.assembly_id, p.heads, p.area_centi_sqm, p.delegate_person_id ORDER BY p.id`,
      assemblyIds,
    );
    const names = await this.persons.names(
      this.database,
      rows.flatMap(({ delegate_person_id: id }) => (id === null ? [] : [id])),
    );
    const found = new Map<string, DeveloperVote[]>();
    for (const row of rows)
      found.set(row.assembly_id, [...(found.get(row.assembly_id) ?? []), toDeveloperVote(row, names)]);
    return found;
  }

  private async write(
    tx: Transaction,
    caller: Caller,
    assembly: Assembly,
    { principalId, phone, letterFileId }: RegisterDelegateRequest,
  ): Promise<void> {
    const person = phone === null ? null : await this.persons.byPhone(tx, phone);
    if (phone !== null && person === null) throw refuse('DELEGATE.NO_ACCOUNT');
    if (person?.id === caller.personId) throw refuse('DELEGATE.SELF');
    if (letterFileId !== null)
      await this.files.attach(tx, caller, assembly.estateId, 'MATERIAL', [letterFileId]);
    const written = await tx.run(
      "UPDATE assembly_principals SET delegate_person_id = ? WHERE id = ? AND assembly_id = ? AND kind = 'DEVELOPER'",
      [person?.id ?? null, principalId, assembly.id],
    );
    if (written === 0) throw refuse('NOT_FOUND');
    await this.audit.record(tx, caller, {
      action: person === null ? 'DELEGATE.TAKEN_BACK' : 'DELEGATE.REGISTERED',
      estateId: assembly.estateId,
      subjectType: 'assembly_principal',
      subjectId: principalId,
      after: { personId: person?.id ?? null, letterFileId },
    });
    if (person === null) return;
    await this.inbox.post(tx, {
      to: [person.id],
      estateId: assembly.estateId,
      kind: 'ASSEMBLY',
      title: '您被登记为建设单位的投票人',
      body: `“${assembly.title}”中，建设单位尚未交付的房屋由您投票。`.slice(0, 300),
      link: `/packages/assembly/pages/detail/index?assemblyId=${assembly.id}&as=delegate`,
    });
  }

  private async find(estateId: string, assemblyId: string): Promise<Assembly> {
    const assembly = await this.assemblies.byId(this.database, estateId, assemblyId);
    if (assembly === null) throw refuse('NOT_FOUND');
    return assembly;
  }

  private seatsOf(caller: Caller): (string | number)[] {
    const { personId } = caller;
    return [personId, personId, personId, shanghaiDate(this.clock.now())];
  }

  /** The estate of a meeting that the caller votes in for somebody; any other meeting is not found. */
  private async estateOf(caller: Caller, assemblyId: string): Promise<string> {
    const row = await this.database.row<{ estate_id: string }>(
      `SELECT a.estate_id FROM (${SEATS}) s JOIN assemblies a ON a.id = s.assembly_id WHERE a.id = ? LIMIT 1`,
      [...this.seatsOf(caller), assemblyId],
    );
    if (row === null) throw refuse('NOT_FOUND');
    return row.estate_id;
  }
}

/** From the notice, which freezes the roll, to the deadline. */
function isRegistering(assembly: Assembly, now: Instant): boolean {
  const state = stateAt(assembly, now);
  return state === 'NOTICED' || state === 'VOTING';
}

function toDeveloperVote(row: DeveloperRow, names: ReadonlyMap<string, string>): DeveloperVote {
  return {
    principalId: row.id,
    developer: row.developer ?? '',
    units: Number(row.units),
    counts: { heads: row.heads, areaCentiSqm: row.area_centi_sqm },
    delegate: row.delegate_person_id === null ? null : maskName(names.get(row.delegate_person_id) ?? ''),
  };
}
