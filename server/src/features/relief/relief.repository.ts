import { Inject, Injectable } from '@nestjs/common';
import type { CalendarDate } from '@linli/shared/kernel';
import type {
  CertificateKind,
  FunderKind,
  ReliefKind,
  ReliefPapersRequest,
  ReliefRequest,
  ReliefState,
  ReliefTerms,
} from '@linli/shared/relief';
import { BlindIndex, FieldCipher } from '../../kernel/crypto/index.ts';
import type { Reader, Transaction } from '../../kernel/database/index.ts';

export interface ReliefRow {
  id: string;
  estate_id: string;
  unit_id: string;
  building: string;
  entrance: string;
  room: string;
  person_id: string;
  kind: ReliefKind;
  state: ReliefState;
  certificate_kind: CertificateKind;
  certificate_index: string;
  reason_sealed: string | null;
  paper_file_ids: string;
  wished_until: CalendarDate | null;
  submitted_at: number;
  community_by: string | null;
  community_at: number | null;
  community_note: string;
  street_by: string | null;
  street_at: number | null;
  street_note: string;
  percent: number | null;
  until_day: CalendarDate | null;
  funder_kind: FunderKind | null;
  funder_name: string | null;
  applied_at: number | null;
  papers_gone_at: number | null;
}

export interface ReliefBillRow {
  application_id: string;
  bill_id: string;
  granted_fen: number | null;
  credited_fen: number | null;
}

const SELECT = `SELECT r.*, b.name AS building, u.entrance, u.room FROM relief_applications r
  JOIN units u ON u.id = r.unit_id JOIN buildings b ON b.id = u.building_id`;

/** Applications at rest; the ground is sealed and the certificate's number only indexed: this is where they are read. */
@Injectable()
export class ReliefRepository {
  constructor(
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(BlindIndex) private readonly index: BlindIndex,
  ) {}

  byId(reader: Reader, id: string): Promise<ReliefRow | null> {
    return reader.row<ReliefRow>(`${SELECT} WHERE r.id = ?`, [id]);
  }

  inEstate(reader: Reader, estateId: string, id: string): Promise<ReliefRow | null> {
    return reader.row<ReliefRow>(`${SELECT} WHERE r.estate_id = ? AND r.id = ?`, [estateId, id]);
  }

  ofPerson(reader: Reader, personId: string, estateId: string, limit: number): Promise<ReliefRow[]> {
    return reader.rows<ReliefRow>(
      `${SELECT} WHERE r.person_id = ? AND r.estate_id = ? ORDER BY r.id DESC LIMIT ${limit}`,
      [personId, estateId],
    );
  }

  allOfPerson(reader: Reader, personId: string, limit: number): Promise<ReliefRow[]> {
    return reader.rows<ReliefRow>(`${SELECT} WHERE r.person_id = ? ORDER BY r.id DESC LIMIT ${limit}`, [
      personId,
    ]);
  }

  page(
    reader: Reader,
    estateId: string,
    states: readonly ReliefState[],
    after: string | undefined,
    limit: number,
  ): Promise<ReliefRow[]> {
    return reader.rows<ReliefRow>(
      `${SELECT} WHERE r.estate_id = ? AND r.state IN (${places(states)}) AND r.id > ? ORDER BY r.id LIMIT ${limit + 1}`,
      [estateId, ...states, after ?? ''],
    );
  }

  async count(reader: Reader, estateId: string, states: readonly ReliefState[]): Promise<number> {
    if (states.length === 0) return 0;
    const row = await reader.row<{ count: number }>(
      `SELECT COUNT(*) AS count FROM relief_applications WHERE estate_id = ? AND state IN (${places(states)})`,
      [estateId, ...states],
    );
    return Number(row?.count ?? 0);
  }

  async billsOf(reader: Reader, ids: readonly string[]): Promise<ReliefBillRow[]> {
    if (ids.length === 0) return [];
    return reader.rows<ReliefBillRow>(
      `SELECT application_id, bill_id, granted_fen, credited_fen FROM relief_bills
       WHERE application_id IN (${places(ids)}) ORDER BY application_id, bill_id`,
      ids,
    );
  }

  /** A bill that another application names violates `uq_relief_bills_open`. */
  async add(
    tx: Transaction,
    facts: {
      readonly id: string;
      readonly estateId: string;
      readonly personId: string;
      readonly state: ReliefState;
      readonly at: number;
    },
    request: ReliefRequest,
  ): Promise<void> {
    const { id, estateId, personId, state, at } = facts;
    await tx.insert('relief_applications', {
      id,
      estate_id: estateId,
      unit_id: request.unitId,
      person_id: personId,
      kind: request.kind,
      state,
      certificate_kind: request.certificateKind,
      certificate_index: this.indexOf(request.certificateNumber),
      reason_sealed: this.cipher.seal(request.reason, reasonPlace(id)),
      paper_file_ids: JSON.stringify(request.paperFileIds),
      wished_until: request.wishedUntil,
      submitted_at: at,
      community_by: null,
      community_at: null,
      community_note: '',
      street_by: null,
      street_at: null,
      street_note: '',
      percent: null,
      until_day: null,
      funder_kind: null,
      funder_name: null,
      applied_at: null,
      papers_gone_at: null,
    });
    const bills = request.billIds.map((billId) => ({
      application_id: id,
      bill_id: billId,
      granted_fen: null,
      credited_fen: null,
      open_bill_id: billId,
    }));
    await tx.insert('relief_bills', ...bills);
  }

  /** Moves the application on from exactly this state; false where somebody was faster. */
  async move(
    tx: Transaction,
    { id, state }: Pick<ReliefRow, 'id' | 'state'>,
    to: ReliefState,
  ): Promise<boolean> {
    const moved = await tx.run('UPDATE relief_applications SET state = ? WHERE id = ? AND state = ?', [
      to,
      id,
      state,
    ]);
    return moved === 1;
  }

  async resubmit(tx: Transaction, id: string, request: ReliefPapersRequest, at: number): Promise<void> {
    await tx.run(
      `UPDATE relief_applications SET certificate_kind = ?, certificate_index = ?, reason_sealed = ?, paper_file_ids = ?,
         wished_until = ?, submitted_at = ?, papers_gone_at = NULL WHERE id = ?`,
      [
        request.certificateKind,
        this.indexOf(request.certificateNumber),
        this.cipher.seal(request.reason, reasonPlace(id)),
        JSON.stringify(request.paperFileIds),
        request.wishedUntil,
        at,
        id,
      ],
    );
  }

  async judgedByCommunity(tx: Transaction, id: string, by: string, at: number, note: string): Promise<void> {
    await tx.run(
      'UPDATE relief_applications SET community_by = ?, community_at = ?, community_note = ? WHERE id = ?',
      [by, at, note, id],
    );
  }

  /** One statement with the state: the table refuses a granted reduction without its funder. */
  async decidedByStreet(
    tx: Transaction,
    { id, state }: Pick<ReliefRow, 'id' | 'state'>,
    decision: ReliefTerms & {
      readonly to: ReliefState;
      readonly by: string;
      readonly at: number;
      readonly note: string;
    },
  ): Promise<boolean> {
    const { to, by, at, note, percent, until, funder } = decision;
    const decided = await tx.run(
      `UPDATE relief_applications SET state = ?, street_by = ?, street_at = ?, street_note = ?, percent = ?, until_day = ?,
         funder_kind = ?, funder_name = ? WHERE id = ? AND state = ?`,
      [to, by, at, note, percent, until, funder?.kind ?? null, funder?.name.trim() ?? null, id, state],
    );
    return decided === 1;
  }

  async grant(tx: Transaction, id: string, billId: string, amountFen: number): Promise<void> {
    await tx.run('UPDATE relief_bills SET granted_fen = ? WHERE application_id = ? AND bill_id = ?', [
      amountFen,
      id,
      billId,
    ]);
  }

  async credited(tx: Transaction, id: string, billId: string, amountFen: number): Promise<void> {
    await tx.run('UPDATE relief_bills SET credited_fen = ? WHERE application_id = ? AND bill_id = ?', [
      amountFen,
      id,
      billId,
    ]);
  }

  async applied(tx: Transaction, id: string, at: number): Promise<void> {
    await tx.run('UPDATE relief_applications SET applied_at = ? WHERE id = ?', [at, id]);
  }

  /** Its bills may be named by another application. */
  async freeBills(tx: Transaction, id: string): Promise<void> {
    await tx.run('UPDATE relief_bills SET open_bill_id = NULL WHERE application_id = ?', [id]);
  }

  async papersGoneAt(tx: Transaction, id: string, at: number): Promise<void> {
    await tx.run('UPDATE relief_applications SET papers_gone_at = ? WHERE id = ?', [at, id]);
  }

  async forgetPapers(tx: Transaction, id: string, at: number): Promise<void> {
    await tx.run(
      "UPDATE relief_applications SET reason_sealed = NULL, paper_file_ids = '[]', papers_gone_at = ? WHERE id = ?",
      [at, id],
    );
  }

  async certificateElsewhere(reader: Reader, row: ReliefRow): Promise<boolean> {
    const other = await reader.row(
      'SELECT 1 AS found FROM relief_applications WHERE certificate_index = ? AND unit_id <> ? LIMIT 1',
      [row.certificate_index, row.unit_id],
    );
    return other !== null;
  }

  reasonOf(row: ReliefRow): string {
    return row.reason_sealed === null ? '' : this.cipher.open(row.reason_sealed, reasonPlace(row.id));
  }

  private indexOf(number: string): string {
    return this.index.of('relief.certificate', number.replace(/\s/g, '').toUpperCase());
  }
}

export function papersOf(row: Pick<ReliefRow, 'paper_file_ids'>): string[] {
  return JSON.parse(row.paper_file_ids) as string[];
}

function reasonPlace(rowId: string) {
  return { table: 'relief_applications', column: 'reason_sealed', rowId };
}

const places = (values: readonly unknown[]) => values.map(() => '?').join(', ');
