import { Inject, Injectable } from '@nestjs/common';
import { paperCode, paperNumberText, parsePaperNumber, type SlipFilter } from '@linli/shared/assembly';
import { BlindIndex } from '../../../kernel/crypto/index.ts';
import type { Reader, SqlValue } from '../../../kernel/database/index.ts';

export interface Slip {
  readonly id: string;
  readonly number: number;
  readonly numberText: string;
  readonly principalId: string;
  readonly void: boolean;
}

interface SlipRow {
  id: string;
  assembly_id: string;
  slip_number: number;
  principal_id: string;
  void: number;
}

const SLIP = 's.id, s.assembly_id, s.slip_number, s.principal_id, s.void';

/** A paper that came back has reached somebody; so has who voted on the phone. */
const UNHEARD = `AND s.void = 0 AND NOT EXISTS (SELECT 1 FROM paper_returns r WHERE r.slip_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.principal_id = s.principal_id)`;
const FILTERS: Readonly<Record<SlipFilter, string>> = {
  ALL: '',
  UNDELIVERED: `${UNHEARD} AND NOT EXISTS (SELECT 1 FROM paper_deliveries d WHERE d.slip_id = s.id)`,
  UNRETURNED: UNHEARD,
};

/** The numbers of a meeting. A number's letters are a keyed hash of it: nothing to store and nothing to guess. */
@Injectable()
export class SlipsRepository {
  constructor(@Inject(BlindIndex) private readonly index: BlindIndex) {}

  async page(
    reader: Reader,
    assemblyId: string,
    query: { readonly show: SlipFilter; readonly after: number; readonly limit: number },
  ): Promise<Slip[]> {
    const rows = await reader.rows<SlipRow>(
      `SELECT ${SLIP} FROM paper_slips s JOIN assembly_principals p ON p.id = s.principal_id
       WHERE s.assembly_id = ? AND s.slip_number > ? ${FILTERS[query.show]}
       ORDER BY s.slip_number LIMIT ${query.limit + 1}`,
      [assemblyId, query.after],
    );
    return rows.map((row) => this.toSlip(row));
  }

  /** Those that are valid, in the order of their numbers, of heads that are still on the roll. */
  live(reader: Reader, assemblyId: string, from: number, to: number): Promise<Slip[]> {
    return this.where(
      reader,
      `s.assembly_id = ? AND s.slip_number BETWEEN ? AND ? AND s.void = 0
       AND EXISTS (SELECT 1 FROM assembly_principals p WHERE p.id = s.principal_id)`,
      [assemblyId, from, to],
    );
  }

  async byIds(reader: Reader, assemblyId: string, ids: readonly string[]): Promise<Slip[]> {
    if (ids.length === 0) return [];
    const marks = ids.map(() => '?').join(', ');
    return this.where(reader, `s.id IN (${marks}) AND s.assembly_id = ?`, [...ids, assemblyId]);
  }

  liveOf(reader: Reader, principalIds: readonly string[]): Promise<Slip[]> {
    const marks = principalIds.map(() => '?').join(', ');
    return this.where(reader, `s.live_key IN (${marks})`, principalIds);
  }

  /** What was typed or scanned; null unless number and letters belong together and to this meeting. */
  async byText(reader: Reader, assemblyId: string, text: string): Promise<Slip | null> {
    const parsed = parsePaperNumber(text);
    if (parsed === null || parsed.code !== this.codeOf(assemblyId, parsed.number)) return null;
    const [slip = null] = await this.where(reader, 's.assembly_id = ? AND s.slip_number = ?', [
      assemblyId,
      parsed.number,
    ]);
    return slip;
  }

  numberText(assemblyId: string, number: number): string {
    return paperNumberText(number, this.codeOf(assemblyId, number));
  }

  private codeOf(assemblyId: string, number: number): string {
    const hash = this.index.of(`paper-slip ${assemblyId}`, String(number));
    return paperCode([...Buffer.from(hash, 'base64url')]);
  }

  private async where(reader: Reader, where: string, values: readonly SqlValue[]): Promise<Slip[]> {
    const rows = await reader.rows<SlipRow>(
      `SELECT ${SLIP} FROM paper_slips s WHERE ${where} ORDER BY s.slip_number`,
      values,
    );
    return rows.map((row) => this.toSlip(row));
  }

  private toSlip(row: SlipRow): Slip {
    return {
      id: row.id,
      number: row.slip_number,
      numberText: this.numberText(row.assembly_id, row.slip_number),
      principalId: row.principal_id,
      void: row.void === 1,
    };
  }
}
