import { Inject, Injectable } from '@nestjs/common';
import { buildingKey, placeOfAddress, unitKey, unitName } from '@linli/shared/estate';
import type { EstateChoice, UnitChoice } from '@linli/shared/identity';
import { tidyText, type Page } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { RateLimits, type RateLimit } from '../../../kernel/rate-limits/rate-limits.ts';

const MOST_UNITS = 30;
/** Typing a room is a handful of requests; reading out a whole estate is not. */
const SEARCHES: RateLimit = { name: 'unit-search', points: 60, seconds: 60 };

/** Finds the home to claim. Names of estates and rooms only: nothing of who lives there. */
@Injectable()
export class UnitSearchService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  /** Estates whose name begins with the text, by name. `after` is the id of the last one seen. */
  async estates(
    caller: Caller,
    text: string,
    after: string | undefined,
    limit: number,
  ): Promise<Page<EstateChoice>> {
    await this.limits.use(SEARCHES, caller.personId);
    const from = tidyText(text);
    const last =
      after === undefined
        ? null
        : await this.database.row<{ name: string }>('SELECT name FROM estates WHERE id = ?', [after]);
    const rows = await this.database.rows<{ id: string; name: string; address: string }>(
      `SELECT id, name, address FROM estates WHERE name >= ? AND name < ?
       ${last === null ? '' : 'AND (name > ? OR (name = ? AND id > ?))'} ORDER BY name, id LIMIT ${limit + 1}`,
      [from, `${from}\uffff`, ...(last === null ? [] : [last.name, last.name, after ?? ''])],
    );
    return toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  /** `3号楼2单元301`, `3-2-301` or only `301`: the homes that it may mean, in the order of the roll. */
  async units(caller: Caller, estateId: string, text: string): Promise<UnitChoice[]> {
    await this.limits.use(SEARCHES, caller.personId);
    const typed = withoutWildcards(tidyText(text));
    if (typed === '') return [];
    const place = placeOfAddress(typed);
    const exact = place === null ? [] : await this.find(estateId, 'u.unit_key = ?', unitKey(place));
    if (exact.length > 0) return exact;
    const room = place?.room ?? /[0-9A-Za-z]+$/.exec(typed)?.[0] ?? typed;
    const found = await this.find(estateId, 'u.room LIKE ?', `${room}%`);
    if (place === null) return found;
    // Several buildings have a 301; the one that was written comes first.
    const written = buildingKey(place.building);
    const near = (unit: UnitChoice) => (buildingKey(unit.name.split(' ')[0] ?? '') === written ? 0 : 1);
    return [...found].sort((a, b) => near(a) - near(b));
  }

  private async find(estateId: string, where: string, value: string): Promise<UnitChoice[]> {
    const rows = await this.database.rows<{ id: string; building: string; entrance: string; room: string }>(
      `SELECT u.id, b.name AS building, u.entrance, u.room FROM units u JOIN buildings b ON b.id = u.building_id
       WHERE u.estate_id = ? AND u.active = 1 AND ${where} ORDER BY u.sort_order, u.id LIMIT ${MOST_UNITS}`,
      [estateId, value],
    );
    return rows.map((row) => ({ id: row.id, name: unitName(row) }));
  }
}

function withoutWildcards(text: string): string {
  return text.replace(/[%_\\]/g, '');
}
