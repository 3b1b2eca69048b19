import { Inject, Injectable } from '@nestjs/common';
import type { PaperEntry, PaperReading } from '@linli/shared/assembly';
import { Clock } from '../../../kernel/clock/clock.ts';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import type { ReturnedPaper } from './returns.repository.ts';

export interface StoredEntry extends PaperEntry {
  readonly returnId: string;
  readonly round: number;
  readonly madeAt: number;
}

const place = (rowId: string) => ({ table: 'paper_entries', column: 'reading_sealed', rowId });

/** What each person read on a paper; sealed, so that neither a query nor a backup shows the first to the second. */
@Injectable()
export class EntriesRepository {
  constructor(
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** All readings of some papers, of every round, in order. */
  async of(reader: Reader, returnIds: readonly string[]): Promise<StoredEntry[]> {
    if (returnIds.length === 0) return [];
    const rows = await reader.rows<{
      id: string;
      return_id: string;
      round: number;
      person_id: string;
      reading_sealed: string;
      made_at: number;
    }>(
      `SELECT id, return_id, round, person_id, reading_sealed, made_at FROM paper_entries
       WHERE return_id IN (${returnIds.map(() => '?').join(', ')}) ORDER BY return_id, round, position`,
      returnIds,
    );
    return rows.map((row) => ({
      returnId: row.return_id,
      round: row.round,
      personId: row.person_id,
      madeAt: row.made_at,
      reading: JSON.parse(this.cipher.open(row.reading_sealed, place(row.id))) as PaperReading,
    }));
  }

  async add(tx: Transaction, paper: ReturnedPaper, { personId, reading }: PaperEntry): Promise<void> {
    const id = this.ids.next();
    await tx.insert('paper_entries', {
      id,
      return_id: paper.id,
      round: paper.round,
      position: paper.entries + 1,
      person_id: personId,
      reading_sealed: this.cipher.seal(JSON.stringify(reading), place(id)),
      made_at: this.clock.now(),
    });
  }
}
