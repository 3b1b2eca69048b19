import { Transform } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';
import type { Page } from '@linli/shared/kernel';
import { ifGiven } from './fields.ts';

const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;

/** `?after=&limit=` of every list. `after` is the id of the last row seen. */
export class PageQuery {
  @ifGiven()
  @Matches(/^[0-9A-Za-z_.:~-]{1,80}$/)
  after?: string;

  @ifGiven()
  @Transform(({ value }) => Number(value))
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE)
  limit: number = DEFAULT_PAGE;
}

/** Cuts `limit + 1` fetched rows into a page; the cursor comes from the last row shown. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursor: (row: Row) => string,
  item: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    next: rows.length > limit && last !== undefined ? cursor(last) : null,
  };
}
