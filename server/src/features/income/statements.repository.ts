import { Injectable } from '@nestjs/common';
import type { Quarter } from '@linli/shared/kernel';
import type { Reader } from '../../kernel/database/index.ts';

export interface SummaryRow {
  id: string;
  quarter: string;
  version: number;
  state: string;
  published_at: number | null;
  opening_fen: number;
  income_net_fen: number;
  spend_fen: number;
  closing_fen: number;
  reason: string;
  account_holder: string;
}

export interface StatementRow extends SummaryRow {
  revision: number;
  bank_balance_fen: number | null;
  witness: string | null;
  content_json: string;
  decisions_json: string | null;
  amends: string | null;
  prepared_by: string;
  submitted_by: string | null;
  submitted_at: number | null;
  returned_reason: string | null;
  reviewed_by: string | null;
  prev_hash: string | null;
  hash: string | null;
  updated_at: number;
}

export interface OpenRow extends SummaryRow {
  prepared_by: string;
  submitted_by: string | null;
  witness: string | null;
  updated_at: number;
}

const SUMMARY = `id, quarter, version, state, published_at, opening_fen, income_net_fen, spend_fen, closing_fen, reason,
  account_holder`;
const WHOLE = `${SUMMARY}, revision, bank_balance_fen, witness, content_json, decisions_json, amends, prepared_by,
  submitted_by, submitted_at, returned_reason, reviewed_by, prev_hash, hash, updated_at`;

/** Ten years of quarters: what the balance chart and the openings are read from. */
const QUARTERS_KEPT_IN_VIEW = 40;

@Injectable()
export class StatementsRepository {
  byId(reader: Reader, estateId: string, statementId: string): Promise<StatementRow | null> {
    return reader.row<StatementRow>(`SELECT ${WHOLE} FROM income_statements WHERE estate_id = ? AND id = ?`, [
      estateId,
      statementId,
    ]);
  }

  /** The version in force of a quarter. */
  current(reader: Reader, estateId: string, quarter: Quarter): Promise<StatementRow | null> {
    return reader.row<StatementRow>(
      `SELECT ${WHOLE} FROM income_statements WHERE estate_id = ? AND current_key = ?`,
      [estateId, quarter],
    );
  }

  /** The versions in force, the newest quarter first. */
  currentOfEstate(reader: Reader, estateId: string): Promise<SummaryRow[]> {
    return reader.rows<SummaryRow>(
      `SELECT ${SUMMARY} FROM income_statements WHERE estate_id = ? AND current_key IS NOT NULL
       ORDER BY current_key DESC LIMIT ${QUARTERS_KEPT_IN_VIEW}`,
      [estateId],
    );
  }

  /** The first quarter that was published; null where none is. */
  async firstQuarter(reader: Reader, estateId: string): Promise<Quarter | null> {
    const row = await reader.row<{ quarter: string | null }>(
      'SELECT MIN(current_key) AS quarter FROM income_statements WHERE estate_id = ?',
      [estateId],
    );
    return row?.quarter ?? null;
  }

  /** Everything that was ever published, the newest quarter first; `after` is `quarter.version`. */
  publishedPage(
    reader: Reader,
    estateId: string,
    after: readonly [quarter: string, version: number] | null,
    limit: number,
  ): Promise<SummaryRow[]> {
    const beyond = after === null ? '' : 'AND (quarter < ? OR (quarter = ? AND published_version < ?))';
    return reader.rows<SummaryRow>(
      `SELECT ${SUMMARY} FROM income_statements WHERE estate_id = ? AND published_version IS NOT NULL ${beyond}
       ORDER BY quarter DESC, published_version DESC LIMIT ${limit + 1}`,
      after === null ? [estateId] : [estateId, after[0], after[0], after[1]],
    );
  }

  /** The published versions of the quarter that a statement belongs to, the newest first. */
  versions(reader: Reader, estateId: string, statementId: string): Promise<SummaryRow[]> {
    return reader.rows<SummaryRow>(
      `SELECT ${SUMMARY} FROM income_statements
       WHERE estate_id = ? AND published_version IS NOT NULL
         AND quarter = (SELECT s.quarter FROM income_statements s WHERE s.id = ?)
       ORDER BY published_version DESC`,
      [estateId, statementId],
    );
  }

  /** What is being worked on, the newest quarter first. */
  open(reader: Reader, estateId: string): Promise<OpenRow[]> {
    return reader.rows<OpenRow>(
      `SELECT ${SUMMARY}, prepared_by, submitted_by, witness, updated_at FROM income_statements
       WHERE estate_id = ? AND open_key IS NOT NULL ORDER BY open_key DESC`,
      [estateId],
    );
  }

  /** The end of the chain of hashes. */
  lastLink(reader: Reader, estateId: string): Promise<{ chain_no: number; hash: string } | null> {
    return reader.row<{ chain_no: number; hash: string }>(
      `SELECT chain_no, hash FROM income_statements WHERE estate_id = ? AND chain_no IS NOT NULL
       ORDER BY chain_no DESC LIMIT 1`,
      [estateId],
    );
  }
}
