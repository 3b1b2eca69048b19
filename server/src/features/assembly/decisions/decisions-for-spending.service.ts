import { Inject, Injectable } from '@nestjs/common';
import {
  type SpendableDecision,
  type SpendFault,
  spendFaults,
  type SpendNeed,
  type SpendPurpose,
  tidyDecisionNumber,
} from '@linli/shared/assembly';
import { type CalendarDate, type Fen, formatYuan } from '@linli/shared/kernel';
import { Clock } from '../../../kernel/clock/clock.ts';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { type FollowUpRow, FollowUpRepository, toSpendable } from './follow-up.repository.ts';

/** A payment of the joint account, charged when it is confirmed; any other spend of the books, when it is booked. */
export type SpendSourceKind = 'SPENDING_REQUEST' | 'INCOME_LINE';

/** What spends: named once, whatever is repeated. */
export interface SpendSource {
  readonly kind: SpendSourceKind;
  readonly id: string;
}

export interface NewSpend extends SpendNeed {
  readonly estateId: string;
  readonly decisionId: string;
  readonly source: SpendSource;
  /** What was bought, as owners read it under the decision. */
  readonly text: string;
  readonly personId: string | null;
}

export interface SpendReport {
  readonly decision: SpendableDecision | null;
  /** Empty where the decision carries the spend; UNKNOWN where there is no such decision. */
  readonly faults: readonly (SpendFault | 'UNKNOWN')[];
}

/** A spend that stands on a decision. */
export interface ChargedSpend {
  readonly source: SpendSource;
  readonly category: SpendPurpose;
  readonly amountFen: Fen;
  readonly on: CalendarDate;
}

interface ChargeRow {
  purpose: SpendPurpose;
  amount_fen: number;
  source_kind: SpendSourceKind;
  source_id: string;
  spent_on: string;
}

interface SpendRow {
  id: string;
  decision_id: string;
  amount_fen: number;
  released_at: number | null;
}

/**
 * The decisions that allow a spend 准许依据: passed, not expired, of a matching purpose, with enough left. Whoever spends
 * asks here, and charges the spend in its own transaction.
 */
@Injectable()
export class DecisionsForSpending {
  constructor(
    @Inject(FollowUpRepository) private readonly followUps: FollowUpRepository,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Every decision that carries this spend, the newest first. */
  async find(reader: Reader, estateId: string, need: SpendNeed): Promise<SpendableDecision[]> {
    const rows = await this.followUps.inForce(reader, estateId);
    return rows.map(toSpendable).filter((decision) => spendFaults(decision, need).length === 0);
  }

  /** The budget of the year 年度预算 that carries this spend; the newest where there are several. */
  async budgetFor(reader: Reader, estateId: string, need: SpendNeed): Promise<SpendableDecision | null> {
    const carrying = await this.find(reader, estateId, need);
    return carrying.find(({ budgetYear }) => budgetYear !== null) ?? null;
  }

  /** One decision by its number, and all that stands against this spend. */
  async check(reader: Reader, estateId: string, number: string, need: SpendNeed): Promise<SpendReport> {
    const decision = await this.byNumber(reader, estateId, number);
    if (decision === null) return { decision: null, faults: ['UNKNOWN'] };
    return { decision, faults: spendFaults(decision, need) };
  }

  /** The decision that is cited so, however the number is written; null where nobody registered it. */
  async byNumber(reader: Reader, estateId: string, number: string): Promise<SpendableDecision | null> {
    const row =
      (await this.followUps.byNumber(reader, estateId, number.trim())) ??
      (await this.followUps.byNumber(reader, estateId, tidyDecisionNumber(number)));
    return row === null ? null : toSpendable(row);
  }

  /**
   * Takes the amount from what is left, or refuses. The same source charged again does nothing; two spends at once cannot
   * both have the last of it.
   */
  async charge(tx: Transaction, spend: NewSpend): Promise<void> {
    const row = await this.chargeable(tx, spend);
    if (row === null) return;
    const [fault] = spendFaults(toSpendable(row), spend);
    if (fault !== undefined) throw refuse(`SPEND.${fault}`);
    if (!(await this.take(tx, spend, row.amount_limit_fen ?? 0))) throw refuse('SPEND.NOT_ENOUGH');
  }

  /**
   * Takes again what was given back for a correction that nobody publishes: what is published was asked everything when it
   * was charged. Only what was spent elsewhere meanwhile stands in its way.
   */
  async chargeAgain(tx: Transaction, spend: NewSpend): Promise<void> {
    const row = await this.chargeable(tx, spend);
    if (row === null) return;
    const limitFen = row.amount_limit_fen ?? Number.MAX_SAFE_INTEGER;
    if (!(await this.take(tx, spend, limitFen))) throw refuse('SPEND.SPENT_ELSEWHERE');
  }

  /** Null where this source is charged with it already. */
  private async chargeable(tx: Transaction, spend: NewSpend): Promise<FollowUpRow | null> {
    const { estateId, decisionId, amountFen, source } = spend;
    const known = await this.spendOf(tx, source);
    if (known !== null) {
      if (known.decision_id !== decisionId || known.amount_fen !== amountFen || known.released_at !== null)
        throw refuse('SPEND.CHARGED');
      return null;
    }
    const row = await this.followUps.byId(tx, estateId, decisionId);
    if (row === null) throw refuse('NOT_FOUND');
    return row;
  }

  /** False where less is left. */
  private async take(tx: Transaction, spend: NewSpend, limitFen: number): Promise<boolean> {
    const { estateId, decisionId, amountFen, source } = spend;
    const taken = await tx.run(
      `UPDATE decision_follow_ups SET spent_fen = spent_fen + ? WHERE decision_id = ? AND spent_fen + ? <= ?`,
      [amountFen, decisionId, amountFen, limitFen],
    );
    if (taken === 0) return false;
    await tx.insert('decision_spends', {
      id: this.ids.next(),
      decision_id: decisionId,
      estate_id: estateId,
      purpose: spend.purpose,
      amount_fen: amountFen,
      source_kind: source.kind,
      source_id: source.id,
      spent_on: spend.on,
      charged_at: this.clock.now(),
      released_at: null,
    });
    await this.followUps.record(tx, {
      decisionId,
      estateId,
      kind: 'SPENT',
      text: spend.text.slice(0, 500),
      amountFen,
      personId: spend.personId,
    });
    return true;
  }

  /** The spend did not happen, or the money came back: the amount is left again. Twice is once. */
  async release(
    tx: Transaction,
    source: SpendSource,
    why: { readonly text: string; readonly personId: string | null },
  ): Promise<void> {
    const row = await this.spendOf(tx, source);
    if (row === null) throw refuse('NOT_FOUND');
    const released = await tx.run(
      'UPDATE decision_spends SET released_at = ? WHERE id = ? AND released_at IS NULL',
      [this.clock.now(), row.id],
    );
    if (released === 0) return;
    await tx.run('UPDATE decision_follow_ups SET spent_fen = spent_fen - ? WHERE decision_id = ?', [
      row.amount_fen,
      row.decision_id,
    ]);
    const estate = await tx.row<{ estate_id: string }>('SELECT estate_id FROM decisions WHERE id = ?', [
      row.decision_id,
    ]);
    await this.followUps.record(tx, {
      decisionId: row.decision_id,
      estateId: estate?.estate_id ?? '',
      kind: 'RELEASED',
      text: `${why.text}（${formatYuan(row.amount_fen)}）`.slice(0, 500),
      amountFen: row.amount_fen,
      personId: why.personId,
    });
  }

  /** What is charged to a decision, the oldest first; null where it is another estate's. */
  async spends(reader: Reader, estateId: string, decisionId: string): Promise<ChargedSpend[] | null> {
    if ((await this.followUps.byId(reader, estateId, decisionId)) === null) return null;
    const rows = await reader.rows<ChargeRow>(
      `SELECT purpose, amount_fen, source_kind, source_id, spent_on FROM decision_spends
       WHERE decision_id = ? AND released_at IS NULL ORDER BY id LIMIT 1000`,
      [decisionId],
    );
    return rows.map((row) => ({
      source: { kind: row.source_kind, id: row.source_id },
      category: row.purpose,
      amountFen: row.amount_fen,
      on: row.spent_on,
    }));
  }

  async isCharged(reader: Reader, source: SpendSource): Promise<boolean> {
    const row = await this.spendOf(reader, source);
    return row !== null && row.released_at === null;
  }

  private spendOf(reader: Reader, { kind, id }: SpendSource): Promise<SpendRow | null> {
    return reader.row<SpendRow>(
      'SELECT id, decision_id, amount_fen, released_at FROM decision_spends WHERE source_kind = ? AND source_id = ?',
      [kind, id],
    );
  }
}
