import { Injectable } from '@nestjs/common';
import {
  OPEN_RETURN_STATES,
  type PaperObjectionAnswer,
  type PaperRefusal,
  type ReturnState,
} from '@linli/shared/assembly';
import type { Reader, SqlValue, Transaction } from '../../../kernel/database/index.ts';

/** A paper that was handed in. */
export interface ReturnedPaper {
  readonly id: string;
  readonly assemblyId: string;
  readonly slipId: string | null;
  readonly slipNumber: number | null;
  readonly principalId: string | null;
  readonly receivedAt: number;
  readonly receivedBy: string;
  readonly state: ReturnState;
  readonly reason: PaperRefusal | null;
  readonly round: number;
  readonly entries: number;
  readonly note: string;
  readonly fileIds: readonly string[];
}

interface ReturnRow {
  id: string;
  assembly_id: string;
  slip_id: string | null;
  slip_number: number | null;
  principal_id: string | null;
  received_at: number;
  received_by: string;
  state: string;
  reason: string | null;
  round: number;
  entries: number;
  note: string;
  file_ids: string;
}

export interface StoredObjection {
  readonly id: string;
  readonly returnId: string;
  readonly personId: string;
  readonly ownerId: string;
  readonly text: string;
  readonly raisedAt: number;
  readonly decision: PaperObjectionAnswer | null;
  readonly answer: string | null;
}

const RETURN = `r.id, r.assembly_id, r.slip_id, s.slip_number, r.principal_id, r.received_at, r.received_by, r.state, r.reason,
  r.round, r.entries, r.note, r.file_ids FROM paper_returns r LEFT JOIN paper_slips s ON s.id = r.slip_id`;
const OPEN = OPEN_RETURN_STATES.map((state) => `'${state}'`).join(', ');

/** Papers that were handed in, and the objections to what they became. */
@Injectable()
export class ReturnsRepository {
  async byId(
    reader: Reader,
    estateId: string,
    assemblyId: string,
    id: string,
  ): Promise<ReturnedPaper | null> {
    const [paper = null] = await this.where(reader, 'r.id = ? AND r.assembly_id = ? AND r.estate_id = ?', [
      id,
      assemblyId,
      estateId,
    ]);
    return paper;
  }

  page(
    reader: Reader,
    assemblyId: string,
    query: { readonly state?: ReturnState; readonly after?: string; readonly limit: number },
  ): Promise<ReturnedPaper[]> {
    const { state, after, limit } = query;
    return this.where(
      reader,
      `r.assembly_id = ? ${state === undefined ? '' : 'AND r.state = ?'} ${after === undefined ? '' : 'AND r.id < ?'}`,
      [assemblyId, ...(state === undefined ? [] : [state]), ...(after === undefined ? [] : [after])],
      `ORDER BY r.id DESC LIMIT ${limit + 1}`,
    );
  }

  /** The papers of some slips that were not refused as copies: the last one of each. */
  async ofSlips(reader: Reader, slipIds: readonly string[]): Promise<ReadonlyMap<string, ReturnedPaper>> {
    if (slipIds.length === 0) return new Map();
    const marks = slipIds.map(() => '?').join(', ');
    const papers = await this.where(reader, `r.slip_id IN (${marks})`, slipIds, 'ORDER BY r.slip_id, r.id');
    return new Map(papers.map((paper) => [paper.slipId ?? '', paper]));
  }

  /** Those that somebody still has to read. */
  open(reader: Reader, assemblyId: string): Promise<ReturnedPaper[]> {
    return this.where(reader, `r.assembly_id = ? AND r.state IN (${OPEN})`, [assemblyId]);
  }

  /** Papers and objections that the count waits for. */
  async waiting(reader: Reader, assemblyId: string): Promise<number> {
    const row = await reader.row<{ waiting: number }>(
      `SELECT (SELECT COUNT(*) FROM paper_returns WHERE assembly_id = ? AND state IN (${OPEN}))
         + (SELECT COUNT(*) FROM paper_objections WHERE assembly_id = ? AND open_key IS NOT NULL) AS waiting`,
      [assemblyId, assemblyId],
    );
    return Number(row?.waiting ?? 0);
  }

  /** Takes the next place among the readings; 0 where somebody else was faster. */
  takePlace(tx: Transaction, paper: ReturnedPaper, state: ReturnState): Promise<number> {
    return tx.run(
      `UPDATE paper_returns SET entries = entries + 1, state = ?
       WHERE id = ? AND round = ? AND entries = ? AND state IN (${OPEN})`,
      [state, paper.id, paper.round, paper.entries],
    );
  }

  /** Ends the reading; 0 where it had ended already. */
  settle(
    tx: Transaction,
    id: string,
    to: { readonly state: 'COUNTED' } | { readonly state: 'REFUSED'; readonly reason: PaperRefusal },
    now: number,
  ): Promise<number> {
    const from = `settled_at = ? WHERE id = ? AND state IN (${OPEN})`;
    if (to.state === 'COUNTED')
      return tx.run(`UPDATE paper_returns SET state = 'COUNTED', ${from}`, [now, id]);
    return tx.run(`UPDATE paper_returns SET state = 'REFUSED', reason = ?, live_key = NULL, ${from}`, [
      to.reason,
      now,
      id,
    ]);
  }

  /** Reading starts anew, as if nobody had read it. */
  reopen(tx: Transaction, paper: ReturnedPaper): Promise<number> {
    return tx.run(
      `UPDATE paper_returns SET state = 'WAITING', round = round + 1, entries = 0, settled_at = NULL
       WHERE id = ? AND state = 'COUNTED' AND round = ?`,
      [paper.id, paper.round],
    );
  }

  async ballotIds(reader: Reader, returnId: string, round: number): Promise<string[]> {
    const rows = await reader.rows<{ ballot_id: string }>(
      'SELECT ballot_id FROM paper_return_ballots WHERE return_id = ? AND round = ? ORDER BY ballot_id',
      [returnId, round],
    );
    return rows.map((row) => row.ballot_id);
  }

  /** Of a paper that several signed, the ballot of one of them; otherwise any. */
  async ballotOf(
    reader: Reader,
    returnId: string,
    round: number,
    signerPersonId: string,
  ): Promise<string | null> {
    const row = await reader.row<{ ballot_id: string }>(
      `SELECT r.ballot_id FROM paper_return_ballots r JOIN ballots b ON b.id = r.ballot_id
       LEFT JOIN owners o ON o.id = b.cast_by AND o.person_id = ?
       WHERE r.return_id = ? AND r.round = ?
       ORDER BY CASE WHEN o.id IS NULL THEN 1 ELSE 0 END, r.ballot_id LIMIT 1`,
      [signerPersonId, returnId, round],
    );
    return row?.ballot_id ?? null;
  }

  /** The last objection to each paper. */
  async objections(
    reader: Reader,
    returnIds: readonly string[],
  ): Promise<ReadonlyMap<string, StoredObjection>> {
    if (returnIds.length === 0) return new Map();
    const rows = await reader.rows<{
      id: string;
      return_id: string;
      person_id: string;
      owner_id: string;
      objection_text: string;
      raised_at: number;
      decision: string | null;
      answer: string | null;
    }>(
      `SELECT id, return_id, person_id, owner_id, objection_text, raised_at, decision, answer FROM paper_objections
       WHERE return_id IN (${returnIds.map(() => '?').join(', ')}) ORDER BY return_id, id`,
      returnIds,
    );
    return new Map(
      rows.map((row) => [
        row.return_id,
        {
          id: row.id,
          returnId: row.return_id,
          personId: row.person_id,
          ownerId: row.owner_id,
          text: row.objection_text,
          raisedAt: row.raised_at,
          decision: row.decision as PaperObjectionAnswer | null,
          answer: row.answer,
        },
      ]),
    );
  }

  private async where(
    reader: Reader,
    where: string,
    values: readonly SqlValue[],
    order = 'ORDER BY r.id',
  ): Promise<ReturnedPaper[]> {
    const rows = await reader.rows<ReturnRow>(`SELECT ${RETURN} WHERE ${where} ${order}`, values);
    return rows.map((row) => ({
      id: row.id,
      assemblyId: row.assembly_id,
      slipId: row.slip_id,
      slipNumber: row.slip_number,
      principalId: row.principal_id,
      receivedAt: row.received_at,
      receivedBy: row.received_by,
      state: row.state as ReturnState,
      reason: row.reason as PaperRefusal | null,
      round: row.round,
      entries: row.entries,
      note: row.note,
      fileIds: JSON.parse(row.file_ids) as string[],
    }));
  }
}
