import { Inject, Injectable } from '@nestjs/common';
import type { BoardEntry, ContactBoardRules, LevelPhone } from '@linli/shared/contacts';
import type { CalendarDate, Instant } from '@linli/shared/kernel';
import { isRegionCode, regionProfile } from '@linli/shared/regions';
import type { TicketRules } from '@linli/shared/tickets';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { EstatesRepository } from '../estate/index.ts';

/** A version of the board as it is stored. */
export interface StoredBoard {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom: CalendarDate;
  readonly entries: readonly BoardEntry[];
  readonly levelPhones: readonly LevelPhone[];
  readonly reason: string;
  readonly publisherName: string;
  readonly publishedAt: Instant;
  readonly checkedAt: Instant;
}

export interface StoredPlace {
  readonly id: string;
  readonly description: string;
  readonly photoId: string | null;
  readonly photographedAt: Instant | null;
}

/** The estate as boards see it. */
export interface BoardEstate {
  readonly name: string;
  readonly rules: ContactBoardRules;
  readonly tickets: TicketRules;
}

interface BoardRow {
  id: string;
  version: number;
  effective_from: CalendarDate;
  entries_json: string;
  levels_json: string;
  reason: string;
  publisher_name: string;
  published_at: Instant;
  checked_at: Instant;
}

interface PlaceRow {
  id: string;
  description: string;
  photo_id: string | null;
  photographed_at: Instant | null;
}

@Injectable()
export class BoardsRepository {
  constructor(@Inject(EstatesRepository) private readonly estates: EstatesRepository) {}

  async estate(reader: Reader, estateId: string): Promise<BoardEstate> {
    const estate = await this.estates.byId(reader, estateId);
    if (estate === null) throw refuse('NOT_FOUND');
    const { boards, tickets } = regionProfile(
      isRegionCode(estate.regionCode) ? estate.regionCode : 'national',
    );
    return { name: estate.name, rules: boards, tickets };
  }

  async current(reader: Reader, estateId: string): Promise<StoredBoard | null> {
    const row = await reader.row<BoardRow>('SELECT * FROM contact_boards WHERE current_key = ?', [estateId]);
    return row === null ? null : toBoard(row);
  }

  async version(reader: Reader, estateId: string, version: number): Promise<StoredBoard | null> {
    const row = await reader.row<BoardRow>(
      'SELECT * FROM contact_boards WHERE estate_id = ? AND version = ?',
      [estateId, version],
    );
    return row === null ? null : toBoard(row);
  }

  async versions(reader: Reader, estateId: string) {
    const rows = await reader.rows<{ version: number; published_at: Instant; reason: string }>(
      'SELECT version, published_at, reason FROM contact_boards WHERE estate_id = ? ORDER BY version DESC LIMIT 50',
      [estateId],
    );
    return rows.map(({ version, published_at: publishedAt, reason }) => ({ version, publishedAt, reason }));
  }

  async places(reader: Reader, estateId: string): Promise<StoredPlace[]> {
    const rows = await reader.rows<PlaceRow>(
      `SELECT id, description, photo_id, photographed_at FROM contact_board_places
       WHERE estate_id = ? AND active = 1 ORDER BY id`,
      [estateId],
    );
    return rows.map((row) => ({
      id: row.id,
      description: row.description,
      photoId: row.photo_id,
      photographedAt: row.photographed_at,
    }));
  }

  /** Takes the place of the version in force; two who publish at once meet at the unique keys. */
  async add(
    tx: Transaction,
    estateId: string,
    board: StoredBoard & { readonly publishedBy: string },
  ): Promise<void> {
    await tx.run('UPDATE contact_boards SET current_key = NULL WHERE current_key = ?', [estateId]);
    await tx.insert('contact_boards', {
      id: board.id,
      estate_id: estateId,
      version: board.version,
      effective_from: board.effectiveFrom,
      entries_json: JSON.stringify(board.entries),
      levels_json: JSON.stringify(board.levelPhones),
      reason: board.reason,
      publisher_name: board.publisherName,
      published_by: board.publishedBy,
      published_at: board.publishedAt,
      checked_at: board.checkedAt,
      current_key: estateId,
    });
  }
}

function toBoard(row: BoardRow): StoredBoard {
  return {
    id: row.id,
    version: row.version,
    effectiveFrom: row.effective_from,
    entries: JSON.parse(row.entries_json) as BoardEntry[],
    levelPhones: JSON.parse(row.levels_json) as LevelPhone[],
    reason: row.reason,
    publisherName: row.publisher_name,
    publishedAt: row.published_at,
    checkedAt: row.checked_at,
  };
}
