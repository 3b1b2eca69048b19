import { Injectable } from '@nestjs/common';
import type { Reader } from '../../kernel/database/index.ts';

/** An estate 小区 with its settings. */
export interface EstateRecord {
  readonly id: string;
  readonly name: string;
  readonly regionCode: string;
  readonly address: string;
  /** From this amount on a spend of public income needs a decision; null means every spend does. */
  readonly spendVoteThresholdFen: number | null;
}

interface EstateRow {
  id: string;
  name: string;
  region_code: string;
  address: string;
  spend_vote_threshold_fen: number | null;
}

@Injectable()
export class EstatesRepository {
  async byId(reader: Reader, estateId: string): Promise<EstateRecord | null> {
    const row = await reader.row<EstateRow>('SELECT * FROM estates WHERE id = ?', [estateId]);
    return row === null
      ? null
      : {
          id: row.id,
          name: row.name,
          regionCode: row.region_code,
          address: row.address,
          spendVoteThresholdFen: row.spend_vote_threshold_fen,
        };
  }
}
