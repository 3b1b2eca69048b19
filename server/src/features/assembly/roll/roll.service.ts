import { Inject, Injectable } from '@nestjs/common';
import {
  type AnswerObjectionRequest,
  type ObjectToRollRequest,
  type PostedRoll,
  ROLL_SETTLES_MS,
  type RollObjection,
  type RollObjectionEntry,
  type UnitKind,
} from '@linli/shared/assembly';
import { maskName, type Page } from '@linli/shared/kernel';
import { type Caller, COMMITTEE, OWNERS } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/files.service.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { ContentCheck } from '../../../wechat/content-check.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { AssembliesRepository, type Assembly, isPublic, stateAt } from '../assemblies.repository.ts';
import { assemblyPage } from '../assembly-page.ts';
import { OwnerNames } from '../read/owner-names.ts';
import { AssemblyLog } from '../log/assembly-log.service.ts';
import { readCurrentUnit } from './current-roll.ts';
import { FrozenRollRepository } from './frozen-roll.repository.ts';
import { OBJECTION_COLUMNS, type ObjectionRow, toObjection } from './objection-rows.ts';

interface PostedRow {
  unit_id: string;
  label: string;
  sort_order: number;
  unit_use: string;
  status: string;
  developer: string | null;
  area_centi_sqm: number;
  counted: number;
}

/** The posted roll 名册公示 and what owners say against it before the vote opens. */
@Injectable()
export class RollService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(FrozenRollRepository) private readonly frozenRoll: FrozenRollRepository,
    @Inject(AssemblyLog) private readonly log: AssemblyLog,
    @Inject(OwnerNames) private readonly names: OwnerNames,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The frozen roll as it is posted: units, areas, masked names. */
  async posted(
    estateId: string,
    assemblyId: string,
    query: { readonly after?: string; readonly limit: number },
  ): Promise<PostedRoll> {
    const assembly = await this.find(this.database, estateId, assemblyId);
    if (assembly.frozenAt === null || assembly.rollHash === null) throw refuse('NOT_FOUND');
    const rows = await this.page(assemblyId, query);
    const owners = await this.ownersOf(
      assemblyId,
      rows.map((row) => row.unit_id),
    );
    const total = await this.database.row<{ heads: number; area: number | null }>(
      'SELECT COUNT(*) AS heads, SUM(area_centi_sqm) AS area FROM assembly_principals WHERE assembly_id = ? AND heads = 1',
      [assemblyId],
    );
    const page = toPage(
      rows,
      query.limit,
      (row) => `${row.sort_order}~${row.unit_id}`,
      (row) => ({
        label: row.label,
        kind: row.unit_use as UnitKind,
        ownersMasked:
          row.status !== 'DELIVERED' && row.developer !== null
            ? [row.developer]
            : (owners.get(row.unit_id) ?? []),
        areaCentiSqm: row.area_centi_sqm,
        counted: row.counted === 1,
      }),
    );
    return {
      ...page,
      frozenAt: assembly.frozenAt,
      hash: assembly.rollHash,
      total: { heads: Number(total?.heads ?? 0), areaCentiSqm: Number(total?.area ?? 0) },
    };
  }

  /** An owner says that an own unit is wrong on the frozen roll, or missing from it. */
  async object(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: ObjectToRollRequest,
    key: string,
  ): Promise<RollObjection> {
    await this.contentCheck.check(caller, { estateId, where: 'ROLL_OBJECTION.RAISE', texts: [request.text] });
    const action = { personId: caller.personId, key, useCase: `roll.object:${assemblyId}`, body: request };
    try {
      return await this.idempotency.once(action, async (tx) => {
        const assembly = await this.find(tx, estateId, assemblyId);
        const now = this.clock.now();
        const { objectionsUntil } = assembly;
        if (assembly.stored !== 'NOTICED' || objectionsUntil === null || now > objectionsUntil)
          throw refuse('ROLL_OBJECTION.CLOSED');
        if (!(await this.isOwn(tx, caller, estateId, assemblyId, request.unitId)))
          throw refuse('ROLL_OBJECTION.NOT_YOURS');
        return this.insertObjection(tx, caller, assembly, request, now);
      });
    } catch (error) {
      throw violates(error, 'uq_assembly_objections_open') ? refuse('ROLL_OBJECTION.OPEN_ALREADY') : error;
    }
  }

  /** For those who decide on them: the open ones first. */
  async objections(
    estateId: string,
    assemblyId: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<Page<RollObjectionEntry>> {
    await this.find(this.database, estateId, assemblyId);
    const answered = "CASE WHEN j.state = 'OPEN' THEN 0 ELSE 1 END";
    const [rank = '', id = ''] = (after ?? '').split('~');
    const keyset = after === undefined ? '' : `AND (${answered} > ? OR (${answered} = ? AND j.id > ?))`;
    const rows = await this.database.rows<ObjectionRow & { label: string | null; area: number | null }>(
      `SELECT ${OBJECTION_COLUMNS.split(', ')
        .map((column) => `j.${column}`)
        .join(', ')}, r.label, r.area_centi_sqm AS area
       FROM assembly_objections j
       LEFT JOIN assembly_roll_units r ON r.assembly_id = j.assembly_id AND r.unit_id = j.unit_id
       WHERE j.assembly_id = ? ${keyset} ORDER BY ${answered}, j.id LIMIT ${limit + 1}`,
      [assemblyId, ...(after === undefined ? [] : [Number(rank) || 0, Number(rank) || 0, id])],
    );
    const names = await this.persons.names(
      this.database,
      rows.map((row) => row.person_id),
    );
    const page = toPage(
      rows,
      limit,
      (row) => `${row.state === 'OPEN' ? 0 : 1}~${row.id}`,
      (row) => row,
    );
    const items = await Promise.all(
      page.items.map(async (row) => ({
        ...toObjection(row),
        label: row.label ?? '名册里没有的房屋',
        areaCentiSqm: row.area,
        raisedBy: names.get(row.person_id) ?? '',
        files: await this.files.refs(this.database, JSON.parse(row.file_ids) as string[]),
      })),
    );
    return { items, next: page.next };
  }

  /**
   * The convener's decision. UPHELD puts the right entry into the frozen roll: the area that was proved, or the unit as
   * the corrected owners' roll has it now; the hash changes with it, and the old one stays in the audit log.
   */
  async answer(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    objectionId: string,
    request: AnswerObjectionRequest,
  ): Promise<RollObjection> {
    await this.contentCheck.check(caller, {
      estateId,
      where: 'ROLL_OBJECTION.ANSWER',
      texts: [request.answer],
    });
    return this.database.transaction(async (tx) => {
      // First of all: corrections of one roll go one after the other, each reading what the one before it left.
      await tx.run('UPDATE assemblies SET version = version + 1 WHERE estate_id = ? AND id = ?', [
        estateId,
        assemblyId,
      ]);
      const assembly = await this.find(tx, estateId, assemblyId);
      const row = await this.objectionRow(tx, assemblyId, objectionId);
      if (row.person_id === caller.personId) throw refuse('ROLL_OBJECTION.OWN');
      const now = this.clock.now();
      const changed = await tx.run(
        `UPDATE assembly_objections SET state = ?, open_key = NULL, answer = ?, answered_at = ?, answered_by = ?
         WHERE id = ? AND state = 'OPEN'`,
        [request.decision, request.answer, now, caller.personId, objectionId],
      );
      if (changed === 0) throw refuse('ROLL_OBJECTION.ANSWERED');
      const hash =
        request.decision === 'UPHELD' ? await this.correct(tx, assembly, row, request) : assembly.rollHash;
      await this.audit.record(tx, caller, {
        action: `ROLL_OBJECTION.${request.decision}`,
        estateId,
        subjectType: 'roll_objection',
        subjectId: objectionId,
        before: { rollHash: assembly.rollHash },
        after: { rollHash: hash, correctedAreaCentiSqm: request.correctedAreaCentiSqm ?? null },
      });
      await this.inbox.post(tx, {
        to: [row.person_id],
        estateId,
        kind: 'ASSEMBLY',
        title: request.decision === 'UPHELD' ? '名册异议成立，已更正' : '名册异议不成立',
        body: request.answer.slice(0, 300),
        link: assemblyPage(assemblyId),
      });
      return toObjection(await this.objectionRow(tx, assemblyId, objectionId));
    });
  }

  /** An area objection changes the area alone; the others take the unit as the owners' roll has it now. */
  private async correct(
    tx: Transaction,
    assembly: Assembly,
    objection: ObjectionRow,
    { correctedAreaCentiSqm }: AnswerObjectionRequest,
  ): Promise<string> {
    const { rules } = assembly;
    if (rules === null || !this.isBeforeVote(assembly)) throw refuse('ROLL_OBJECTION.VOTING');
    if (objection.kind === 'AREA' && correctedAreaCentiSqm === undefined) throw refuse('ROLL_OBJECTION.AREA');
    const posted = (await this.frozenRoll.read(tx, assembly.id)).find(({ id }) => id === objection.unit_id);
    const unit =
      objection.kind === 'AREA'
        ? (posted ?? null)
        : await readCurrentUnit(tx, assembly.estateId, objection.unit_id);
    if (unit === null) throw refuse('ROLL_OBJECTION.UNIT_GONE');
    const corrected = { ...unit, areaCentiSqm: correctedAreaCentiSqm ?? unit.areaCentiSqm };
    const hash = await this.frozenRoll.correct(tx, assembly.id, corrected, rules);
    await tx.run('UPDATE assemblies SET roll_hash = ? WHERE id = ?', [hash, assembly.id]);
    await tx.run(
      'UPDATE assembly_objections SET before_area_centi_sqm = ?, after_area_centi_sqm = ? WHERE id = ?',
      [posted?.areaCentiSqm ?? null, corrected.areaCentiSqm, objection.id],
    );
    await this.log.correctRoll(tx, assembly.id, rules);
    // A large roll takes its time.
    if (!this.isBeforeVote(assembly)) throw refuse('ROLL_OBJECTION.VOTING');
    return hash;
  }

  /** With time left to be stored, so that no ballot is cast by the roll as it was. */
  private isBeforeVote(assembly: Assembly): boolean {
    return stateAt(assembly, this.clock.now() + ROLL_SETTLES_MS) === 'NOTICED';
  }

  private async insertObjection(
    tx: Transaction,
    caller: Caller,
    assembly: Assembly,
    request: ObjectToRollRequest,
    now: number,
  ): Promise<RollObjection> {
    const id = this.ids.next();
    await this.files.attach(tx, caller, assembly.estateId, 'CLAIM_EVIDENCE', request.fileIds);
    await tx.insert('assembly_objections', {
      id,
      assembly_id: assembly.id,
      estate_id: assembly.estateId,
      unit_id: request.unitId,
      person_id: caller.personId,
      kind: request.kind,
      objection_text: request.text,
      file_ids: JSON.stringify(request.fileIds),
      state: 'OPEN',
      open_key: `${assembly.id}:${request.unitId}`,
      raised_at: now,
      answer: null,
      answered_at: null,
      answered_by: null,
    });
    await this.audit.record(tx, caller, {
      action: 'ROLL_OBJECTION.RAISED',
      estateId: assembly.estateId,
      subjectType: 'roll_objection',
      subjectId: id,
      after: { unitId: request.unitId, kind: request.kind },
    });
    await this.inbox.post(tx, {
      to: await this.inbox.staffOf(tx, assembly.estateId, COMMITTEE),
      estateId: assembly.estateId,
      kind: 'ASSEMBLY',
      title: '收到一条名册异议',
      body: `《${assembly.title}》的名册有业主提出异议，请在投票开始前处理。`,
      link: null,
    });
    return toObjection(await this.objectionRow(tx, assembly.id, id));
  }

  /** Own by the frozen roll, or own by the register where the frozen roll has forgotten the unit. */
  private async isOwn(
    reader: Reader,
    caller: Caller,
    estateId: string,
    assemblyId: string,
    unitId: string,
  ): Promise<boolean> {
    if (caller.unitsIn(estateId, OWNERS).includes(unitId)) return true;
    const row = await reader.row(
      `SELECT 1 AS found FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
       WHERE v.assembly_id = ? AND v.unit_id = ? AND o.person_id = ?`,
      [assemblyId, unitId, caller.personId],
    );
    return row !== null;
  }

  private async objectionRow(reader: Reader, assemblyId: string, objectionId: string): Promise<ObjectionRow> {
    const row = await reader.row<ObjectionRow>(
      `SELECT ${OBJECTION_COLUMNS} FROM assembly_objections WHERE assembly_id = ? AND id = ?`,
      [assemblyId, objectionId],
    );
    if (row === null) throw refuse('NOT_FOUND');
    return row;
  }

  private async find(reader: Reader, estateId: string, assemblyId: string): Promise<Assembly> {
    const assembly = await this.assemblies.byId(reader, estateId, assemblyId);
    if (assembly === null || !isPublic(assembly)) throw refuse('NOT_FOUND');
    return assembly;
  }

  private page(
    assemblyId: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<PostedRow[]> {
    const [order = '', unitId = ''] = (after ?? '').split('~');
    const keyset = after === undefined ? '' : 'AND (sort_order > ? OR (sort_order = ? AND unit_id > ?))';
    return this.database.rows<PostedRow>(
      `SELECT unit_id, label, sort_order, unit_use, status, developer, area_centi_sqm, counted FROM assembly_roll_units
       WHERE assembly_id = ? ${keyset} ORDER BY sort_order, unit_id LIMIT ${limit + 1}`,
      [assemblyId, ...(after === undefined ? [] : [Number(order) || 0, Number(order) || 0, unitId])],
    );
  }

  private async ownersOf(assemblyId: string, unitIds: readonly string[]): Promise<Map<string, string[]>> {
    if (unitIds.length === 0) return new Map();
    const rows = await this.database.rows<{ unit_id: string; owner_id: string }>(
      `SELECT unit_id, owner_id FROM assembly_roll_owners
       WHERE assembly_id = ? AND unit_id IN (${unitIds.map(() => '?').join(', ')}) ORDER BY unit_id, owner_id`,
      [assemblyId, ...unitIds],
    );
    const names = await this.names.of(
      this.database,
      rows.map((row) => row.owner_id),
    );
    const masked = new Map<string, string[]>();
    for (const { unit_id, owner_id } of rows)
      masked.set(unit_id, [...(masked.get(unit_id) ?? []), maskName(names.get(owner_id) ?? '')]);
    return masked;
  }
}
