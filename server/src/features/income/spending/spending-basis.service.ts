import { Inject, Injectable } from '@nestjs/common';
import type { SpendableDecision, SpendNeed } from '@linli/shared/assembly';
import { type BasisFault, basisFaults, spendYearOf } from '@linli/shared/income';
import { endOfDay, startOfDay, yuanText } from '@linli/shared/kernel';
import {
  type Split,
  splitDays,
  splitPeriodText,
  type SplitRules,
  splitsOf,
  type UndecidedSpend,
} from '@linli/shared/spending';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { type Refused, refuse } from '../../../kernel/errors/refused.ts';
import { DecisionsForSpending } from '../../assembly/index.ts';
import { BookLinesRepository } from '../books/book-lines.repository.ts';
import type { Books } from '../estate-books.ts';
import { SpendingRepository } from './spending.repository.ts';

/** What allows a spend 准许依据: a decision, the year's budget, or that it is small also beside the others of its year. */
@Injectable()
export class SpendingBasisService {
  constructor(
    @Inject(DecisionsForSpending) private readonly decisions: DecisionsForSpending,
    @Inject(SpendingRepository) private readonly requests: SpendingRepository,
    @Inject(BookLinesRepository) private readonly bookLines: BookLinesRepository,
  ) {}

  /** The decision that carries a spend that is applied for; null where it needs none. */
  async of(
    tx: Transaction,
    books: Books,
    spend: UndecidedSpend,
    decisionNo: string | null,
  ): Promise<SpendableDecision | null> {
    const { category, amountFen, on } = spend;
    const budgetYear = spendYearOf(on, books.rules);
    const need = { purpose: category, amountFen, on, budgetYear };
    const decision = await this.cited(tx, books, need, decisionNo);
    const asked = { category, amountFen, on, budgetYear, thresholdFen: books.spendThresholdFen };
    const [fault] = basisFaults(asked, decision);
    if (fault !== undefined) throw basisRefusal(fault);
    if (decision === null) await this.requireWhole(tx, books, spend, null);
    return decision;
  }

  /** Small, and no part of a large one. The estate's row is held: of two halves at once the second sees the first. */
  async requireWhole(
    tx: Transaction,
    { estateId, spendThresholdFen, rules }: Books,
    spend: UndecidedSpend,
    except: string | null,
  ): Promise<void> {
    if (spendThresholdFen === null) throw basisRefusal('VOTE_REQUIRED');
    const days = splitDays(spend.on, rules);
    await this.requests.hold(tx, estateId);
    const applied = await this.requests.undecided(tx, estateId, startOfDay(days.from), endOfDay(days.until));
    const others = [...applied, ...(await this.bookLines.undecided(tx, estateId, days))].filter(
      ({ id }) => id !== except,
    );
    const [split] = splitsOf(spend, others, spendThresholdFen, rules);
    if (split !== undefined) throw splitRefusal(split, spend, rules);
  }

  private async cited(
    reader: Reader,
    { estateId, spendThresholdFen }: Books,
    need: SpendNeed,
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

function splitRefusal(split: Split, { amountFen }: UndecidedSpend, rules: SplitRules): Refused {
  const params = {
    period: splitPeriodText(rules),
    earlier: yuanText(split.earlierFen),
    amount: yuanText(amountFen),
    together: yuanText(split.togetherFen),
    threshold: yuanText(split.thresholdFen),
  };
  return refuse(`SPENDING.SPLIT_${split.kind}`, { params });
}
