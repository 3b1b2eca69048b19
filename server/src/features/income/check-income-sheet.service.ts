import { Inject, Injectable } from '@nestjs/common';
import { type IncomeSheetCheck, INCOME_LIMITS, readIncomeSheet } from '@linli/shared/income';
import type { Quarter } from '@linli/shared/kernel';
import type { SheetRow } from '@linli/shared/sheet';
import type { Caller } from '../../kernel/access/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { readSheet } from '../../kernel/spreadsheet/index.ts';
import { EstateBooks, requireKeeper } from './estate-books.ts';

/** Lines of a quarter, with the header, the balances and remarks around them. */
const SHEET_ROWS = INCOME_LIMITS.linesMax + 100;

/** Reads the treasurer's spreadsheet and says everything that is wrong in it; nothing is stored. */
@Injectable()
export class CheckIncomeSheetService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EstateBooks) private readonly books: EstateBooks,
  ) {}

  async check(
    caller: Caller,
    estateId: string,
    body: Buffer,
    quarter: Quarter | null,
  ): Promise<IncomeSheetCheck> {
    requireKeeper(caller, await this.books.of(this.database, estateId));
    const rows: SheetRow[] = [];
    for await (const row of readSheet(body, { limits: { rows: SHEET_ROWS } })) rows.push(row);
    const { value, rows: count, faults, ignored } = readIncomeSheet(rows, quarter);
    return { draft: value, rows: count, faults, ignored };
  }
}
