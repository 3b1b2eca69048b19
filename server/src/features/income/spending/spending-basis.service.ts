import { Inject, Injectable } from '@nestjs/common';
import type { SpendableDecision } from '@linli/shared/assembly';
import { endOfDay, startOfDay, yearOf, yuanText } from '@linli/shared/kernel';
import {
  type BasisFault,
  basisFaults,
  type Split,
  splitsOf,
  type UndecidedSpend,
} from '@linli/shared/spending';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { type Refused, refuse } from '../../../kernel/errors/refused.ts';
import { DecisionsForSpending } from '../../assembly/index.ts';
import { BookLinesRepository } from '../books/book-lines.repository.ts';
import { type Books, EstateBooks } from '../estate-books.ts';
import { SpendingRepository } from './spending.repository.ts';

/** What allows a spend 准许依据: a decision, the year's budget, or that it is small also beside the others of its year. */
@Injectable()
export class SpendingBasisService {
  constructor(
    @Inject(DecisionsForSpending) private readonly decisions: DecisionsForSpending,
    @Inject(SpendingRepository) private readonly requests: SpendingRepository,
    @Inject(BookLinesRepository) private readonly bookLines: BookLinesRepository,
    @Inject(EstateBooks) private readonly books: EstateBooks,
  ) {}

  /** The decision that carries a spend that is applied for; null where it needs none. */
  async of(
    tx: Transaction,
    books: Books,
    spend: UndecidedSpend,
    decisionNo: string | null,
  ): Promise<SpendableDecision | null> {
    const on = this.books.today();
    const { category, amountFen } = spend;
    const need = { purpose: category, amountFen, on };
    const decision = await this.cited(tx, books, need, decisionNo);
    const [fault] = basisFaults({ category, amountFen, on, thresholdFen: books.spendThresholdFen }, decision);
    if (fault !== undefined) throw basisRefusal(fault);
    if (decision === null) await this.requireWhole(tx, books, spend, { year: yearOf(on), except: null });
    return decision;
  }

  /** Small, and no part of a large one. The estate's row is held: of two halves at once the second sees the first. */
  async requireWhole(
    tx: Transaction,
    { estateId, spendThresholdFen }: Books,
    spend: UndecidedSpend,
    { year, except }: { readonly year: number; readonly except: string | null },
  ): Promise<void> {
    if (spendThresholdFen === null) throw basisRefusal('VOTE_REQUIRED');
    const [from, until] = [startOfDay(`${year}-01-01`), endOfDay(`${year}-12-31`)];
    await this.requests.hold(tx, estateId);
    const applied = await this.requests.undecided(tx, estateId, from, until);
    const earlier = [...applied, ...(await this.bookLines.undecided(tx, estateId, year))];
    const others = earlier.filter(({ id }) => id !== except);
    const [split] = splitsOf(spend, others, spendThresholdFen);
    if (split !== undefined) throw splitRefusal(split, spend);
  }

  private async cited(
    reader: Reader,
    { estateId, spendThresholdFen }: Books,
    need: { readonly purpose: UndecidedSpend['category']; readonly amountFen: number; readonly on: string },
    decisionNo: string | null,
  ): Promise<SpendableDecision | null> {
    if (decisionNo !== null) {
      const { decision } = await this.decisions.check(reader, estateId, decisionNo, need);
      if (decision === null) throw refuse('SPENDING.DECISION_UNKNOWN');
      return decision;
    }
    const isLarge = spendThresholdFen !== null && need.amountFen >= spendThresholdFen;
    return isLarge ? null : this.decisions.budgetFor(reader, estateId, need);
  }
}

/** What a fault of the basis is called to people. */
export function basisRefusal(fault: BasisFault): Refused {
  if (fault === 'VOTE_REQUIRED' || fault === 'BUDGET_SMALL_ONLY') return refuse(`SPENDING.${fault}`);
  return refuse(`SPEND.${fault}`);
}

function splitRefusal(split: Split, { amountFen }: UndecidedSpend): Refused {
  const params = {
    earlier: yuanText(split.earlierFen),
    amount: yuanText(amountFen),
    together: yuanText(split.togetherFen),
    threshold: yuanText(split.thresholdFen),
  };
  return refuse(`SPENDING.SPLIT_${split.kind}`, { params });
}
