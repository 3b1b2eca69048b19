import { Inject, Injectable } from '@nestjs/common';
import {
  type Guardianship,
  type GuardianshipEntry,
  type GuardianshipKind,
  type GuardianshipState,
  guardianshipOver,
} from '@linli/shared/assembly';
import { maskName, type Page, shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { OwnerNames } from '../read/owner-names.ts';

export interface GuardianshipRow {
  id: string;
  estate_id: string;
  owner_id: string;
  guardian_person_id: string;
  kind: string;
  ends_on: string | null;
  document_file_id: string;
  state: string;
  asked_at: number;
  note: string | null;
  /** Of the ward's own account, if there is one. */
  ward_person_id: string | null;
  estate_name: string;
}

const SELECT = `SELECT g.id, g.estate_id, g.owner_id, g.guardian_person_id, g.kind, g.ends_on, g.document_file_id, g.state,
    g.asked_at, g.note, o.person_id AS ward_person_id, e.name AS estate_name
  FROM guardianships g JOIN owners o ON o.id = g.owner_id JOIN estates e ON e.id = g.estate_id`;

/** A ward's homes, on one line of the desk. */
const UNITS_NAMED = 10;

/** Guardianships as the guardian reads them, and, with the document and whose they are, as 社区 and 街道 do. */
@Injectable()
export class ReadGuardianshipsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OwnerNames) private readonly names: OwnerNames,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** In all estates: a guardian may be nobody else there. */
  async mine(caller: Caller): Promise<Guardianship[]> {
    const rows = await this.database.rows<GuardianshipRow>(
      `${SELECT} WHERE g.guardian_person_id = ? ORDER BY g.id DESC LIMIT 50`,
      [caller.personId],
    );
    return this.views(this.database, rows);
  }

  /** For 社区 and 街道: those that wait first. */
  async list(
    estateId: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<Page<GuardianshipEntry>> {
    const rank = "CASE WHEN g.state = 'PENDING' THEN 0 ELSE 1 END";
    const [rankAfter = '', idAfter = ''] = (after ?? '').split('~');
    const keyset = after === undefined ? '' : `AND (${rank} > ? OR (${rank} = ? AND g.id > ?))`;
    const rows = await this.database.rows<GuardianshipRow>(
      `${SELECT} WHERE g.estate_id = ? ${keyset} ORDER BY ${rank}, g.id LIMIT ${limit + 1}`,
      [estateId, ...(after === undefined ? [] : [Number(rankAfter) || 0, Number(rankAfter) || 0, idAfter])],
    );
    const page = toPage(
      rows,
      limit,
      (row) => `${row.state === 'PENDING' ? 0 : 1}~${row.id}`,
      (row) => row,
    );
    return { items: await this.entries(page.items), next: page.next };
  }

  async view(reader: Reader, row: GuardianshipRow): Promise<Guardianship> {
    const [view] = await this.views(reader, [row]);
    if (view === undefined) throw refuse('NOT_FOUND');
    return view;
  }

  async entry(row: GuardianshipRow): Promise<GuardianshipEntry> {
    const [entry] = await this.entries([row]);
    if (entry === undefined) throw refuse('NOT_FOUND');
    return entry;
  }

  async find(reader: Reader, estateId: string, id: string): Promise<GuardianshipRow> {
    const row = await reader.row<GuardianshipRow>(`${SELECT} WHERE g.estate_id = ? AND g.id = ?`, [
      estateId,
      id,
    ]);
    if (row === null) throw refuse('NOT_FOUND');
    return row;
  }

  async findOwn(reader: Reader, caller: Caller, id: string): Promise<GuardianshipRow> {
    const row = await reader.row<GuardianshipRow>(`${SELECT} WHERE g.guardian_person_id = ? AND g.id = ?`, [
      caller.personId,
      id,
    ]);
    if (row === null) throw refuse('NOT_FOUND');
    return row;
  }

  private async views(reader: Reader, rows: readonly GuardianshipRow[]): Promise<Guardianship[]> {
    const names = await this.names.of(
      reader,
      rows.map((row) => row.owner_id),
    );
    const today = shanghaiDate(this.clock.now());
    return rows.map((row) => ({
      id: row.id,
      estateName: row.estate_name,
      ward: maskName(names.get(row.owner_id) ?? ''),
      kind: row.kind as GuardianshipKind,
      endsOn: row.ends_on,
      state: stateOn(row, today),
      note: row.note,
      askedAt: row.asked_at,
    }));
  }

  private async entries(rows: readonly GuardianshipRow[]): Promise<GuardianshipEntry[]> {
    const views = await this.views(this.database, rows);
    const guardians = await this.persons.names(
      this.database,
      rows.map((row) => row.guardian_person_id),
    );
    const documents = await this.files.refs(
      this.database,
      rows.map((row) => row.document_file_id),
    );
    const units = await this.unitsOf(rows.map((row) => row.owner_id));
    return rows.flatMap((row, index) => {
      const view = views[index];
      if (view === undefined) return [];
      const { guardian_person_id: guardian, owner_id: ward, document_file_id: documentId } = row;
      return [
        {
          ...view,
          guardian: maskName(guardians.get(guardian) ?? ''),
          units: (units.get(ward) ?? []).slice(0, UNITS_NAMED).join('、'),
          document: documents.find(({ id }) => id === documentId) ?? null,
        },
      ];
    });
  }

  private async unitsOf(ownerIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    if (ownerIds.length === 0) return new Map();
    const rows = await this.database.rows<{ owner_id: string; name: string; entrance: string; room: string }>(
      `SELECT s.owner_id, b.name, u.entrance, u.room FROM ownerships s JOIN units u ON u.id = s.unit_id
       JOIN buildings b ON b.id = u.building_id
       WHERE s.owner_id IN (${ownerIds.map(() => '?').join(', ')}) ORDER BY u.sort_order, u.id`,
      ownerIds,
    );
    const named = new Map<string, string[]>();
    for (const { owner_id: ownerId, name, entrance, room } of rows)
      named.set(ownerId, [...(named.get(ownerId) ?? []), [name, entrance, room].join(' ')]);
    return named;
  }
}

function stateOn({ state, ends_on: endsOn }: GuardianshipRow, today: string): GuardianshipState {
  const stored = state as GuardianshipState;
  return guardianshipOver({ state: stored, endsOn }, today) ? 'ENDED' : stored;
}
