import { Inject, Injectable } from '@nestjs/common';
import type { SpendNeed } from '@linli/shared/assembly';
import {
  type BookLine,
  formatLine,
  type SpendLine,
  spendYearOf,
  type StatementLine,
} from '@linli/shared/income';
import type { Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { DecisionsForSpending, type SpendSource } from '../../assembly/index.ts';
import { type Books, EstateBooks } from '../estate-books.ts';

const sourceOf = (id: string): SpendSource => ({ kind: 'INCOME_LINE', id });

/** Who books, and where. */
export interface Booking {
  readonly estateId: string;
  readonly personId: string;
}

/** A line of the books with the decision that allows it; null where it cites none, or moves no money out. */
export interface DecidedLine extends Pick<BookLine, 'id' | 'line'> {
  readonly decisionId: string | null;
}

/**
 * What the books spend is charged to the decision that it cites 准许依据, in the transaction that books it, and given back
 * in the one that takes it back. A payment of the joint account was charged when it was confirmed.
 */
@Injectable()
export class LineCharges {
  constructor(
    @Inject(DecisionsForSpending) private readonly decisions: DecisionsForSpending,
    @Inject(EstateBooks) private readonly books: EstateBooks,
  ) {}

  async decided(
    tx: Transaction,
    estateId: string,
    lines: readonly Pick<BookLine, 'id' | 'line'>[],
  ): Promise<DecidedLine[]> {
    const known = new Map<string, string>();
    const found: DecidedLine[] = [];
    for (const { id, line } of lines) {
      const number = citedBy(line);
      const decisionId =
        number === null ? null : (known.get(number) ?? (await this.idOf(tx, estateId, number)));
      if (number !== null && decisionId !== null) known.set(number, decisionId);
      found.push({ id, line, decisionId });
    }
    return found;
  }

  /** `again`: what is published already, back from a correction that nobody publishes. */
  async charge(
    tx: Transaction,
    { estateId, personId }: Booking,
    lines: readonly DecidedLine[],
    again: boolean,
  ): Promise<void> {
    if (lines.every(({ decisionId }) => decisionId === null)) return;
    const { rules } = await this.books.of(tx, estateId);
    for (const { id, line, decisionId } of lines) {
      if (decisionId === null || line.dir === 'INCOME') continue;
      const spend = { ...spendOf(line, rules), estateId, decisionId, source: sourceOf(id), personId };
      if (again) await this.decisions.chargeAgain(tx, spend);
      else await this.decisions.charge(tx, spend);
    }
  }

  async release(
    tx: Transaction,
    { personId }: Booking,
    lines: readonly Pick<BookLine, 'id' | 'line'>[],
    reason: string,
  ): Promise<void> {
    for (const { id, line } of lines) {
      const source = sourceOf(id);
      if (citedBy(line) === null || !(await this.decisions.isCharged(tx, source))) continue;
      const text = `冲销：${formatLine(line)}。${reason}`.slice(0, 400);
      await this.decisions.release(tx, source, { text, personId });
    }
  }

  private async idOf(tx: Transaction, estateId: string, number: string): Promise<string> {
    const decision = await this.decisions.byNumber(tx, estateId, number);
    if (decision === null) throw refuse('SPENDING.DECISION_UNKNOWN');
    return decision.id;
  }
}

/** Only spends are charged; a business cites the decision that allows it. */
function citedBy({ dir, decisionNo }: StatementLine): string | null {
  return dir === 'SPEND' ? decisionNo : null;
}

function spendOf(line: SpendLine, rules: Books['rules']): SpendNeed & { readonly text: string } {
  const { category: purpose, amountFen, date: on } = line;
  return { purpose, amountFen, on, budgetYear: spendYearOf(on, rules), text: formatLine(line) };
}
