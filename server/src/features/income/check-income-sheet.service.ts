import { Inject, Injectable } from '@nestjs/common';
import { type IncomeSheetCheck, INCOME_LIMITS, readIncomeSheet, takeFromBooks } from '@linli/shared/income';
import type { Quarter } from '@linli/shared/kernel';
import type { SheetRow } from '@linli/shared/sheet';
import type { Caller } from '../../kernel/access/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { readSheet } from '../../kernel/spreadsheet/index.ts';
import { CollectedMoney } from './books/collected-money.ts';
import { FundBooks } from './books/fund-books.service.ts';
import { EstateBooks, requireKeeper } from './estate-books.ts';

/** Lines of a quarter, with the header, the balances and remarks around them. */
const SHEET_ROWS = INCOME_LIMITS.linesMax + 100;

/** Reads the treasurer's spreadsheet and says everything that is wrong in it; nothing is stored. */
@Injectable()
export class CheckIncomeSheetService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(FundBooks) private readonly fund: FundBooks,
    @Inject(CollectedMoney) private readonly collected: CollectedMoney,
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
    if (value === null) return { draft: value, rows: count, faults, ignored, fromBooks: 0 };
    const booked = await this.fund.ofQuarter(this.database, estateId, value.quarter);
    const collected = await this.collected.linesOf(this.database, estateId, value.quarter);
    const { lines, taken } = takeFromBooks(value.lines, booked, collected);
    return { draft: { ...value, lines }, rows: count, faults, ignored, fromBooks: taken };
  }
}
