import { Inject, Injectable } from '@nestjs/common';
import { pairLines } from '@linli/shared/income';
import type { Quarter } from '@linli/shared/kernel';
import type { DecisionCost, DecisionSpend, LinePlace } from '@linli/shared/spending';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { type ChargedSpend, DecisionsForSpending } from '../../assembly/index.ts';
import { SpendingRepository, type SpendingRow } from '../spending/spending.repository.ts';
import { storedContent } from '../statement-views.ts';
import { StatementsRepository } from '../statements.repository.ts';
import { type BookLineRow, BookLinesRepository, toBookLine } from './book-lines.repository.ts';

/** What a decision has cost, by its spends 决定的支出: out of the joint account or not, each with the line it stands in. */
@Injectable()
export class DecisionCostService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DecisionsForSpending) private readonly decisions: DecisionsForSpending,
    @Inject(SpendingRepository) private readonly requests: SpendingRepository,
    @Inject(BookLinesRepository) private readonly lines: BookLinesRepository,
    @Inject(StatementsRepository) private readonly statements: StatementsRepository,
  ) {}

  async of(estateId: string, decisionId: string): Promise<DecisionCost> {
    const spends = await this.decisions.spends(this.database, estateId, decisionId);
    if (spends === null) throw refuse('NOT_FOUND');
    const ids = spends.map(({ source }) => source.id);
    const [rows, requests] = await Promise.all([
      this.lines.byIds(this.database, estateId, ids),
      this.requests.byIds(this.database, estateId, ids),
    ]);
    const places = await this.places(estateId, new Set(rows.map(({ quarter }) => quarter)));
    return {
      items: spends.flatMap((spend) => {
        const row = rows.find(({ id }) => id === spend.source.id);
        const request = requests.find(({ id }) => id === spend.source.id);
        return viewOf(spend, row, request, places.get(spend.source.id) ?? null);
      }),
    };
  }

  /** Where owners read the lines of these quarters, by the line's id in the books. */
  private async places(
    estateId: string,
    quarters: ReadonlySet<Quarter>,
  ): Promise<ReadonlyMap<string, LinePlace>> {
    const places = new Map<string, LinePlace>();
    for (const quarter of quarters) {
      const current = await this.statements.current(this.database, estateId, quarter);
      if (current === null) continue;
      const booked = (await this.lines.ofQuarter(this.database, estateId, quarter)).map(toBookLine);
      for (const [index, line] of pairLines(storedContent(current).lines, booked).entries())
        if (line !== null) places.set(line.id, { statementId: current.id, index, quarter });
    }
    return places;
  }
}

function viewOf(
  { source, category, amountFen, on }: ChargedSpend,
  row: BookLineRow | undefined,
  request: SpendingRow | undefined,
  place: LinePlace | null,
): DecisionSpend[] {
  const common = { id: source.id, category, amountFen, on, place };
  if (request !== undefined)
    return [{ ...common, requestId: request.id, text: request.request_text, payee: request.payee }];
  if (row === undefined) return [];
  const { line } = toBookLine(row);
  return [{ ...common, requestId: null, text: line.note, payee: line.counterparty }];
}
