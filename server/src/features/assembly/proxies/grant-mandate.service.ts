import { Inject, Injectable } from '@nestjs/common';
import {
  CAST_TIME_LIMIT_MS,
  type EnterMandateRequest,
  type GrantMandateRequest,
  type Instructions,
  type Mandate,
  mandateFaults,
  type MandateTerms,
  type MandateWay,
  type ProxyOptions,
  type ProxyRole,
  SALE_DURING_VOTE,
} from '@linli/shared/assembly';
import type { SendSignatureResponse } from '@linli/shared/identity';
import type { Instant } from '@linli/shared/kernel';
import { type Caller, COMPANY } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { RateLimits, type RateLimit } from '../../../kernel/rate-limits/rate-limits.ts';
import { ConfirmPersonService, PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { AssembliesRepository, type Assembly, stateAt } from '../assemblies.repository.ts';
import { assemblyPage } from '../assembly-page.ts';
import { transactionWithin } from '../ballots/within-limit.ts';
import { EstateRules } from '../estate-rules.ts';
import { AssemblyLog } from '../log/assembly-log.service.ts';
import { MandatesRepository, type MandateRow } from './mandates.repository.ts';
import { stillOwns } from './still-owns.ts';

/** Granting tells whether a number has an account; that must not become a way to look numbers up. */
const GRANTS: RateLimit = { name: 'mandate-grant', points: 20, seconds: 3600 };
/** Two that take a place at once meet in its key; who comes second looks for the next. */
const MOST_TRIES = 5;

/** A mandate that is to be written: who sends whom, how far, and how it was signed. */
interface NewMandate {
  readonly principalId: string;
  readonly ownerId: string;
  readonly agentPhone: string;
  readonly terms: MandateTerms;
  readonly way: MandateWay;
  readonly scanFileId: string | null;
}

/** An owner sends somebody to vote 委托: signed in the app with a code, or on paper and entered by two persons. */
@Injectable()
export class GrantMandateService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(MandatesRepository) private readonly mandates: MandatesRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(AssemblyLog) private readonly log: AssemblyLog,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(ConfirmPersonService) private readonly confirm: ConfirmPersonService,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async options(caller: Caller, estateId: string, assemblyId: string): Promise<ProxyOptions> {
    const assembly = await this.find(this.database, estateId, assemblyId);
    const { voting, meeting } = await this.rules.of(this.database, estateId);
    return {
      powers: meeting.proxyPowers,
      cap: (assembly.rules ?? voting).proxyCap,
      codeTo: await this.confirm.codeTo(caller),
      saleDuringVote: SALE_DURING_VOTE[meeting.saleDuringVote],
    };
  }

  /** The code that signs: to the owner's own number, also where the session is fresh. */
  async sendCode(caller: Caller, address: string): Promise<SendSignatureResponse> {
    const sent = await this.confirm.send(caller, address);
    if (sent === null) throw refuse('PROXY.NO_PHONE');
    return sent;
  }

  async sign(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: GrantMandateRequest,
    address: string,
  ): Promise<Mandate> {
    await this.limits.use(GRANTS, caller.personId);
    if (!(await this.confirm.verify(caller, request.code, address))) throw refuse('PROXY.NO_PHONE');
    return this.grant(caller, estateId, assemblyId, request);
  }

  /** The owner has confirmed; a repeated tap finds the mandate that the first one wrote. */
  async grant(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: Omit<GrantMandateRequest, 'code'>,
  ): Promise<Mandate> {
    const { principalId, agentPhone } = request;
    const ownerId = await this.ownerOf(caller, assemblyId, principalId);
    if (ownerId === null) throw refuse('PROXY.NOT_YOURS');
    const row = await this.write(caller, estateId, assemblyId, {
      principalId,
      ownerId,
      agentPhone,
      terms: termsOf(request),
      way: 'IN_APP',
      scanFileId: null,
    });
    const [view] = await this.mandates.views(this.database, [row], () => true);
    if (view === undefined) throw refuse('NOT_FOUND');
    return view;
  }

  /** From paper: it holds a place from now on and counts once a second person has confirmed it. */
  async enter(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: EnterMandateRequest,
  ): Promise<MandateRow> {
    await this.limits.use(GRANTS, caller.personId);
    const { principalId, ownerId, agentPhone, scanFileId } = request;
    const voter = await this.database.row(
      'SELECT owner_id FROM assembly_roll_owners WHERE assembly_id = ? AND principal_id = ? AND owner_id = ?',
      [assemblyId, principalId, ownerId],
    );
    if (voter === null) throw refuse('NOT_FOUND');
    const terms = termsOf(request);
    return this.write(caller, estateId, assemblyId, {
      principalId,
      ownerId,
      agentPhone,
      terms,
      way: 'PAPER',
      scanFileId,
    });
  }

  private async write(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    mandate: NewMandate,
  ): Promise<MandateRow> {
    const { meeting } = await this.rules.of(this.database, estateId);
    const now = this.clock.now();
    const limit = {
      clock: this.clock,
      until: now + CAST_TIME_LIMIT_MS,
      late: () => refuse('BALLOT.TOO_SLOW'),
    };
    for (let attempt = 1; ; attempt += 1)
      try {
        return await transactionWithin(this.database, limit, async (tx) => {
          const assembly = await this.find(tx, estateId, assemblyId);
          const agentId = await this.agentOf(tx, caller, assembly, mandate, now);
          const known = await this.same(tx, mandate, agentId);
          if (known !== null) return known;
          await this.checkTerms(tx, assemblyId, mandate.terms, meeting);
          return this.insert(tx, caller, assembly, mandate, agentId);
        });
      } catch (error) {
        if (violates(error, 'uq_assembly_mandates_principal')) throw refuse('PROXY.THERE_ALREADY');
        if (!violates(error, 'uq_assembly_mandates_slot') || attempt === MOST_TRIES) throw error;
      }
  }

  /** Who is sent, and that they may be. */
  private async agentOf(
    tx: Transaction,
    caller: Caller,
    assembly: Assembly,
    { principalId, ownerId, agentPhone }: NewMandate,
    now: Instant,
  ): Promise<string> {
    const state = stateAt(assembly, now);
    if (state !== 'NOTICED' && state !== 'VOTING') throw refuse('PROXY.CLOSED');
    const agent = await this.persons.byPhone(tx, agentPhone);
    if (agent === null) throw refuse('PROXY.NO_ACCOUNT');
    if (agent.id === caller.personId) throw refuse('PROXY.SELF');
    const own = await tx.rows<{ person_id: string | null; id: string }>(
      `SELECT DISTINCT o.id, o.person_id FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
       WHERE v.principal_id = ?`,
      [principalId],
    );
    const voter = own.find(({ person_id }) => person_id === agent.id);
    if (voter !== undefined) throw refuse(voter.id === ownerId ? 'PROXY.SELF' : 'PROXY.CO_OWNER');
    if (!(await stillOwns(tx, principalId, ownerId))) throw refuse('PROXY.SOLD');
    return agent.id;
  }

  /** What the first of two taps wrote. */
  private async same(tx: Transaction, mandate: NewMandate, agentId: string): Promise<MandateRow | null> {
    const standing = await this.mandates.standing(tx, mandate.principalId);
    if (standing === null) return null;
    const isSame =
      standing.agent_person_id === agentId &&
      standing.owner_id === mandate.ownerId &&
      JSON.stringify(this.mandates.termsOf(standing)) === JSON.stringify(mandate.terms);
    if (!isSame) throw refuse('PROXY.THERE_ALREADY');
    return standing;
  }

  private async checkTerms(
    tx: Transaction,
    assemblyId: string,
    terms: MandateTerms,
    rules: Parameters<typeof mandateFaults>[2],
  ): Promise<void> {
    const motions = await this.assemblies.motions(tx, assemblyId);
    const onAgenda = motions.filter(({ state }) => state === 'ON_AGENDA').map(({ id }) => id);
    const [fault] = mandateFaults(terms, onAgenda, rules);
    if (fault !== undefined) throw refuse(`PROXY.${fault}`);
  }

  private async insert(
    tx: Transaction,
    caller: Caller,
    assembly: Assembly,
    mandate: NewMandate,
    agentId: string,
  ): Promise<MandateRow> {
    const { principalId, ownerId, terms, way, scanFileId } = mandate;
    const role = await this.roleOf(tx, assembly.estateId, agentId);
    if (assembly.rules?.proxyBarredRoles.includes(role) === true) throw refuse('PROXY.BARRED');
    if (scanFileId !== null) await this.files.attach(tx, caller, assembly.estateId, 'MATERIAL', [scanFileId]);
    const id = this.ids.next();
    const now = this.clock.now();
    await tx.insert('assembly_mandates', {
      id,
      assembly_id: assembly.id,
      estate_id: assembly.estateId,
      principal_id: principalId,
      owner_id: ownerId,
      agent_person_id: agentId,
      agent_role: role,
      motions_json: terms.motionIds === null ? null : JSON.stringify(terms.motionIds),
      instructions_sealed: this.mandates.seal(id, terms.instructions),
      way,
      scan_file_id: scanFileId,
      state: way === 'IN_APP' ? 'ACTIVE' : 'PENDING',
      granted_at: now,
      entered_by: caller.personId,
      confirmed_by: null,
      confirmed_at: null,
      ended_at: null,
      end_reason: null,
      ended_by: null,
      casts: 0,
      principal_key: principalId,
      slot_key: await freePlace(tx, assembly, agentId),
    });
    await this.audit.record(tx, caller, {
      action: way === 'IN_APP' ? 'MANDATE.GRANTED' : 'MANDATE.ENTERED',
      estateId: assembly.estateId,
      subjectType: 'mandate',
      subjectId: id,
      after: { assemblyId: assembly.id, principalId, way },
    });
    const row = await this.mandates.byId(tx, assembly.id, id);
    if (row === null) throw refuse('NOT_FOUND');
    if (way === 'IN_APP') await this.announce(tx, assembly, row, terms);
    return row;
  }

  /** In force: its leaf, and word to who is sent. */
  async announce(
    tx: Transaction,
    assembly: Assembly,
    row: MandateRow,
    terms: MandateTerms = this.mandates.termsOf(row),
  ): Promise<void> {
    await this.log.mandate(tx, assembly.id, {
      mandate: row.id,
      principalId: row.principal_id,
      owner: row.owner_id,
      agent: row.agent_person_id,
      way: row.way as MandateWay,
      terms,
    });
    await this.inbox.post(tx, {
      to: [row.agent_person_id],
      estateId: assembly.estateId,
      kind: 'ASSEMBLY',
      title: '有业主委托您投票',
      body: `“${assembly.title}”中，一位业主委托您代投一票，请在截止前按委托投票。`.slice(0, 300),
      link: `${assemblyPage(assembly.id)}&as=delegate`,
    });
  }

  private async roleOf(tx: Transaction, estateId: string, personId: string): Promise<ProxyRole> {
    const staff = await this.inbox.staffOf(tx, estateId, COMPANY);
    if (staff.includes(personId)) return 'PM_STAFF';
    const homes = await tx.rows<{ kind: string }>(
      'SELECT kind FROM residencies WHERE person_id = ? AND estate_id = ? AND (ends_at IS NULL OR ends_at > ?)',
      [personId, estateId, this.clock.now()],
    );
    if (homes.some(({ kind }) => kind === 'OWNER')) return 'OWNER';
    return homes.length > 0 ? 'RESIDENT' : 'OTHER';
  }

  private async ownerOf(caller: Caller, assemblyId: string, principalId: string): Promise<string | null> {
    const row = await this.database.row<{ owner_id: string | null }>(
      `SELECT MIN(v.owner_id) AS owner_id FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
       WHERE v.assembly_id = ? AND v.principal_id = ? AND o.person_id = ?`,
      [assemblyId, principalId, caller.personId],
    );
    return row?.owner_id ?? null;
  }

  private async find(reader: Reader, estateId: string, assemblyId: string): Promise<Assembly> {
    const assembly = await this.assemblies.byId(reader, estateId, assemblyId);
    if (assembly === null || assembly.stored === 'DRAFT') throw refuse('NOT_FOUND');
    return assembly;
  }
}

/** The agent's first free place in this meeting; none beyond the cap. */
async function freePlace(tx: Transaction, assembly: Assembly, agentId: string): Promise<string> {
  const cap = assembly.rules?.proxyCap ?? null;
  const rows = await tx.rows<{ slot_key: string }>(
    `SELECT slot_key FROM assembly_mandates
     WHERE agent_person_id = ? AND assembly_id = ? AND slot_key IS NOT NULL`,
    [agentId, assembly.id],
  );
  const taken = new Set(rows.map((row) => row.slot_key));
  const most = cap ?? taken.size + 1;
  for (let place = 1; place <= most; place += 1) {
    const key = `${assembly.id}:${agentId}:${place}`;
    if (!taken.has(key)) return key;
  }
  throw refuse('PROXY.CAP', { params: { cap: most } });
}

function termsOf({ motionIds, instructions }: Pick<GrantMandateRequest, 'motionIds' | 'instructions'>) {
  const said: Instructions = Object.fromEntries(
    instructions.map(({ motionId, choice }) => [motionId, choice]),
  );
  return { motionIds: motionIds === null ? null : [...motionIds], instructions: said };
}
