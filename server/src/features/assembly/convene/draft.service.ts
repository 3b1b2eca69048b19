import { Inject, Injectable } from '@nestjs/common';
import {
  ASSEMBLY_LIMITS,
  type AssemblyDraft,
  type AssemblyDraftRequest,
  BALLOT_MODE_BANNERS,
  type ConveningOptions,
  electorateOf,
  type MotionDraftRequest,
  voteClassOf,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import type { RegionProfile } from '@linli/shared/regions';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, update } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/files.service.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { AssembliesRepository, type Assembly, type Motion } from '../assemblies.repository.ts';
import { EstateRules } from '../estate-rules.ts';
import { toMaterial } from '../materials.ts';
import { readCurrentRoll } from '../roll/current-roll.ts';

/** What a meeting is to decide; its days are the convener's to set, and may be missing still. */
export type AskedOfMeeting = Pick<AssemblyDraftRequest, 'title' | 'summary' | 'motions'>;
type Days = Pick<
  AssemblyDraftRequest,
  'opinionsUntil' | 'objectionsUntil' | 'opensAt' | 'closesAt' | 'residentsCommitteeInformedOn'
>;

const NO_DAYS_YET: Days = {
  opinionsUntil: null,
  objectionsUntil: null,
  opensAt: null,
  closesAt: null,
  residentsCommitteeInformedOn: null,
};

/** A draft that is written whole. */
export interface PlantedDraft {
  readonly estateId: string;
  readonly convener: string;
  readonly createdBy: string;
  readonly request: AskedOfMeeting & Partial<Days>;
  readonly profile: RegionProfile;
  /** Where all its motions are candidates of one election. */
  readonly electionId?: string;
}

/** The convener's draft of a meeting: kept at every step, however much is still missing. */
@Injectable()
export class DraftService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** What the stepper must know of the place before anything is typed. */
  async options(estateId: string): Promise<ConveningOptions> {
    const { meeting, voting } = await this.rules.of(this.database, estateId);
    const roll = await readCurrentRoll(this.database, estateId);
    const { noticeDays, noticeClearDays, opinionDays, rollObjectionDays } = meeting;
    return {
      rules: { noticeDays, noticeClearDays, opinionDays, rollObjectionDays },
      specialMatters: voting.specialMatters,
      ballotMode: meeting.onlineBallotMode,
      banner: BALLOT_MODE_BANNERS[meeting.onlineBallotMode],
      buildings: [...new Set(roll.map((unit) => unit.building ?? ''))].filter((name) => name !== ''),
      electorate: electorateOf(roll, WHOLE_ESTATE, voting).total,
    };
  }

  async create(
    caller: Caller,
    estateId: string,
    request: AssemblyDraftRequest,
    key: string,
  ): Promise<AssemblyDraft> {
    const profile = await this.rules.of(this.database, estateId);
    const action = { personId: caller.personId, key, useCase: `assembly.draft:${estateId}`, body: request };
    return this.idempotency.once(action, async (tx) => {
      const convener = caller.has(estateId, ['STREET_OFFICER']) ? '街道办事处' : '业主委员会';
      const { id } = await this.plant(tx, {
        estateId,
        convener,
        createdBy: caller.personId,
        request,
        profile,
      });
      await this.writeMaterials(tx, caller, estateId, id, request.materialFileIds);
      await this.record(tx, caller, estateId, id, 'ASSEMBLY.DRAFTED', request);
      return this.readDraft(tx, estateId, id);
    });
  }

  /** Writes a new draft, also where no convener typed it: an election's meeting, a petition's, a run-off's. */
  async plant(tx: Transaction, draft: PlantedDraft): Promise<{ id: string; motionIds: readonly string[] }> {
    const { estateId, convener, createdBy, request, profile, electionId = null } = draft;
    const id = this.ids.next();
    await tx.insert('assemblies', {
      id,
      estate_id: estateId,
      state: 'DRAFT',
      meeting_year: null,
      meeting_of_year: null,
      ...planColumns({ ...NO_DAYS_YET, ...request }),
      convener,
      ballot_mode: profile.meeting.onlineBallotMode,
      opinions_asked_on: null,
      noticed_on: null,
      rules_json: null,
      extension_max_days: null,
      rules_hash: null,
      frozen_at: null,
      roll_hash: null,
      ballots_hash: null,
      counted_at: null,
      published_at: null,
      cancelled_at: null,
      cancel_reason: null,
      version: 1,
      created_by: createdBy,
      created_at: this.clock.now(),
    });
    const named = request.motions.map((motion) => ({ ...motion, id: this.ids.next() }));
    await this.insertMotions(
      tx,
      { estateId, assemblyId: id, profile },
      named.map((motion) => ({ ...motion, electionId })),
    );
    return { id, motionIds: named.map((motion) => motion.id) };
  }

  /** Keeps the draft as it stands now. While opinions are heard, what they are about stays as it is. */
  async save(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: AssemblyDraftRequest,
  ): Promise<AssemblyDraft> {
    const profile = await this.rules.of(this.database, estateId);
    return this.database.transaction(async (tx) => {
      const assembly = await this.editable(tx, estateId, assemblyId);
      const motions = await this.assemblies.motions(tx, assemblyId);
      if (assembly.stored === 'OPINIONS' && changesPlan(assembly, motions, request))
        throw refuse('ASSEMBLY.OPINIONS_RUNNING');
      const version = request.version ?? assembly.version;
      const changed = await update(
        tx,
        'assemblies',
        { ...planColumns(request), version: version + 1 },
        { estate_id: estateId, id: assemblyId, version, state: assembly.stored },
      );
      if (changed === 0) throw refuse('CONFLICT');
      if (assembly.stored === 'DRAFT')
        await this.writeMotions(tx, estateId, assemblyId, request.motions, motions, profile);
      await this.writeMaterials(tx, caller, estateId, assemblyId, request.materialFileIds);
      await this.record(tx, caller, estateId, assemblyId, 'ASSEMBLY.REDRAFTED', request);
      return this.readDraft(tx, estateId, assemblyId);
    });
  }

  async read(estateId: string, assemblyId: string): Promise<AssemblyDraft> {
    return this.readDraft(this.database, estateId, assemblyId);
  }

  private async editable(reader: Reader, estateId: string, assemblyId: string): Promise<Assembly> {
    const assembly = await this.assemblies.byId(reader, estateId, assemblyId);
    if (assembly === null) throw refuse('NOT_FOUND');
    if (assembly.stored !== 'DRAFT' && assembly.stored !== 'OPINIONS') throw refuse('ASSEMBLY.FROZEN');
    return assembly;
  }

  /** The motions in the order of the request; known ones keep their id, so that opinions stay with them. */
  private async writeMotions(
    tx: Transaction,
    estateId: string,
    assemblyId: string,
    requested: readonly MotionDraftRequest[],
    known: readonly Motion[],
    profile: RegionProfile,
  ): Promise<void> {
    const electionOf = new Map(known.map(({ id, electionId }) => [id, electionId]));
    if (requested.some(({ id }) => id !== undefined && !electionOf.has(id))) throw refuse('CONFLICT');
    if (changesElection(known, requested)) throw refuse('ELECTION.MOTIONS_FIXED');
    for (const motion of known) await tx.run('DELETE FROM assembly_motions WHERE id = ?', [motion.id]);
    await this.insertMotions(
      tx,
      { estateId, assemblyId, profile },
      requested.map((motion) => ({
        ...motion,
        id: motion.id ?? this.ids.next(),
        electionId: electionOf.get(motion.id ?? '') ?? null,
      })),
    );
  }

  private async insertMotions(
    tx: Transaction,
    { estateId, assemblyId, profile }: { estateId: string; assemblyId: string; profile: RegionProfile },
    motions: readonly (MotionDraftRequest & { readonly id: string; readonly electionId: string | null })[],
  ): Promise<void> {
    await tx.insert(
      'assembly_motions',
      ...motions.map((motion, index) => ({
        id: motion.id,
        assembly_id: assemblyId,
        estate_id: estateId,
        position: index + 1,
        matter: motion.matter,
        vote_class: voteClassOf(motion.matter, profile.voting.specialMatters),
        title: motion.title.trim(),
        motion_text: motion.text.trim(),
        scope_json: JSON.stringify(motion.scope),
        amount_limit_fen: motion.amountLimitFen,
        state: 'PROPOSED',
        withdrawn_at: null,
        withdrawn_reason: null,
        election_id: motion.electionId,
        result_json: null,
        decision_number: null,
      })),
    );
  }

  private async writeMaterials(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    assemblyId: string,
    fileIds: readonly string[],
  ): Promise<void> {
    const wanted = [...new Set(fileIds)].slice(0, ASSEMBLY_LIMITS.materials.max);
    const known = new Set(await this.assemblies.materialIds(tx, assemblyId));
    await this.files.attach(
      tx,
      caller,
      estateId,
      'MATERIAL',
      wanted.filter((fileId) => !known.has(fileId)),
    );
    await tx.run('DELETE FROM assembly_materials WHERE assembly_id = ?', [assemblyId]);
    await tx.insert(
      'assembly_materials',
      ...wanted.map((fileId, position) => ({ assembly_id: assemblyId, file_id: fileId, position })),
    );
  }

  private async readDraft(reader: Reader, estateId: string, assemblyId: string): Promise<AssemblyDraft> {
    const assembly = await this.assemblies.byId(reader, estateId, assemblyId);
    if (assembly === null) throw refuse('NOT_FOUND');
    const motions = await this.assemblies.motions(reader, assemblyId);
    const files = await this.files.refs(reader, await this.assemblies.materialIds(reader, assemblyId));
    return {
      id: assembly.id,
      state: assembly.stored,
      title: assembly.title,
      summary: assembly.summary,
      opinionsAskedOn: assembly.opinionsAskedOn,
      opinionsUntil: assembly.opinionsUntil,
      objectionsUntil: assembly.objectionsUntil,
      opensAt: assembly.opensAt,
      closesAt: assembly.closesAt,
      residentsCommitteeInformedOn: assembly.informedOn,
      version: assembly.version,
      motions: motions.map(({ id, matter, voteClass, title, text, scope, amountLimitFen, electionId }) => ({
        id,
        electionId,
        matter,
        voteClass,
        title,
        text,
        scope,
        amountLimitFen,
      })),
      materialFileIds: files.map((file) => file.id),
      materials: files.map(toMaterial),
    };
  }

  private record(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    assemblyId: string,
    action: string,
    request: AssemblyDraftRequest,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId,
      subjectType: 'assembly',
      subjectId: assemblyId,
      after: {
        title: request.title,
        motions: request.motions.map(({ matter, title }) => ({ matter, title })),
        opensAt: request.opensAt,
        closesAt: request.closesAt,
      },
    });
  }
}

function planColumns(request: AskedOfMeeting & Days) {
  return {
    title: request.title.trim(),
    summary: request.summary.trim(),
    opinions_until: request.opinionsUntil,
    objections_until: request.objectionsUntil,
    opens_at: request.opensAt,
    closes_at: request.closesAt,
    informed_on: request.residentsCommitteeInformedOn,
  };
}

/** Title, summary and motions are what people give their opinions on. */
function changesPlan(assembly: Assembly, motions: readonly Motion[], request: AssemblyDraftRequest): boolean {
  const before = motions.map((m) => [
    m.id,
    m.matter,
    m.title,
    m.text,
    m.amountLimitFen,
    JSON.stringify(m.scope),
  ]);
  const after = request.motions.map((m) => [
    m.id,
    m.matter,
    m.title.trim(),
    m.text.trim(),
    m.amountLimitFen,
    JSON.stringify(m.scope),
  ]);
  return (
    assembly.title !== request.title.trim() ||
    assembly.summary !== request.summary.trim() ||
    JSON.stringify(before) !== JSON.stringify(after)
  );
}

/** The posted list of candidates is what is voted on: as it is, and all of it. */
function changesElection(known: readonly Motion[], requested: readonly MotionDraftRequest[]): boolean {
  const told = (motion: MotionDraftRequest) =>
    JSON.stringify([motion.matter, motion.title.trim(), motion.text.trim(), motion.scope]);
  return known
    .filter(({ electionId }) => electionId !== null)
    .some((motion) => {
      const found = requested.find(({ id }) => id === motion.id);
      return found === undefined || told(found) !== told(motion);
    });
}
