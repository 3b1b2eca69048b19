import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Ledger } from '@linli/shared/fees';
import { monthEnd, monthStart, type Month } from '@linli/shared/kernel';
import {
  feeFen,
  outcomesOf,
  reportCsv,
  type DifferenceView,
  type ReconciledDay,
  type ReconciliationMonth,
} from '@linli/shared/reconcile';
import { PROPOSAL_OUTCOME_LABELS } from '@linli/shared/refunds';
import { COMPANY, type Caller } from '../../kernel/access/index.ts';
import { Database, type Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { DeskCounts } from '../desk/index.ts';
import { PayeesService, PeopleAtDesk, ProposalsService, type AgreedProposal } from '../payments/index.ts';
import { MatchBankLines } from './match-bank-lines.service.ts';
import { RunsRepository, type DifferenceRow, type RunRow } from './runs.repository.ts';

/** The month as it was compared, and its differences as two people work them off. */
@Injectable()
export class ReconciliationViewService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PayeesService) private readonly payees: PayeesService,
    @Inject(PeopleAtDesk) private readonly people: PeopleAtDesk,
    @Inject(ProposalsService) private readonly proposals: ProposalsService,
    @Inject(RunsRepository) private readonly runs: RunsRepository,
    @Inject(MatchBankLines) private readonly matching: MatchBankLines,
    @Inject(DeskCounts) private readonly desks: DeskCounts,
  ) {}

  onModuleInit(): void {
    this.proposals.handle('DIFFERENCE', {
      check: async (tx, estateId, id, outcome) => {
        const difference = await this.runs.difference(tx, estateId, id);
        if (difference === null) throw refuse('NOT_FOUND');
        if (difference.state !== 'OPEN') throw refuse('REFUND.DECIDED');
        if (!outcomesOf(difference).includes(outcome)) throw refuse('REFUND.OUTCOME');
      },
      carryOut: (tx, proposal) => this.settle(tx, proposal),
    });
    this.desks.register('reconcile', async (caller, estateId) =>
      caller.has(estateId, COMPANY)
        ? { count: await this.runs.openDifferences(this.database, estateId), overdue: 0 }
        : null,
    );
  }

  async month(caller: Caller, estateId: string, ledger: Ledger, month: Month): Promise<ReconciliationMonth> {
    const payee = await this.payees.of(this.database, estateId, ledger);
    if (payee === null) throw refuse('BANK.NO_MERCHANT');
    const period = [monthStart(month), monthEnd(month)] as const;
    const runs = await this.runs.between(this.database, payee.mchId, ...period);
    const rows = await this.runs.differences(this.database, payee.mchId, estateId, ...period);
    const open = await this.proposals.openFor(
      this.database,
      caller,
      rows.map(({ id }) => id),
    );
    const days = runs.map((run) => toDay(run, rows));
    const report = {
      month,
      ledger,
      payeeName: payee.holderName,
      mchId: payee.mchId,
      days,
      totals: totalsOf(days),
      differences: rows.map((row): DifferenceView => toView(row, open)),
    };
    return { ...report, csv: reportCsv(report) };
  }

  private async settle(tx: Transaction, proposal: AgreedProposal): Promise<void> {
    const nameOf = await this.people.named(tx, [proposal.askedBy, proposal.decidedBy]);
    const people = `${nameOf(proposal.askedBy)}提出，${nameOf(proposal.decidedBy)}同意`;
    const outcome = `${PROPOSAL_OUTCOME_LABELS[proposal.outcome]}：${proposal.reason}（${people}）`;
    if (!(await this.runs.settle(tx, proposal.subjectId, outcome))) throw refuse('REFUND.DECIDED');
    if (proposal.outcome !== 'AS_FEE') return;
    const difference = await this.runs.difference(tx, proposal.estateId, proposal.subjectId);
    if (difference !== null) await this.matching.bookAsFee(tx, difference);
  }
}

function toDay(run: RunRow, differences: readonly DifferenceRow[]): ReconciledDay {
  const ofDay = differences.filter((row) => row.on_date === run.on_date);
  return {
    date: run.on_date,
    state: run.state,
    payments: run.payments,
    paidFen: run.paid_fen,
    refunds: run.refunds,
    refundedFen: run.refunded_fen,
    feeFen: feeFen(run.fee_units),
    settlementFen: run.settlement_fen,
    arrivedFen: run.arrived_fen,
    recovered: run.recovered,
    differences: ofDay.length,
    openDifferences: ofDay.filter(({ state }) => state === 'OPEN').length,
    checkedAt: run.checked_at,
    fault: run.fault,
  };
}

function totalsOf(days: readonly ReconciledDay[]): ReconciliationMonth['totals'] {
  const sum = (of: (day: ReconciledDay) => number) => days.reduce((total, day) => total + of(day), 0);
  return {
    payments: sum((day) => day.payments),
    paidFen: sum((day) => day.paidFen),
    refunds: sum((day) => day.refunds),
    refundedFen: sum((day) => day.refundedFen),
    feeFen: sum((day) => day.feeFen),
    settlementFen: sum((day) => day.settlementFen),
    arrivedFen: sum((day) => day.arrivedFen ?? 0),
    recovered: sum((day) => day.recovered),
    differences: sum((day) => day.differences),
    openDifferences: sum((day) => day.openDifferences),
  };
}

function toView(
  row: DifferenceRow,
  open: ReadonlyMap<string, NonNullable<DifferenceView['proposal']>>,
): DifferenceView {
  return {
    id: row.id,
    class: row.class,
    kind: row.kind,
    onDate: row.on_date,
    orderNo: row.order_no,
    oursFen: row.ours_fen,
    theirsFen: row.theirs_fen,
    detail: row.detail,
    state: row.state,
    proposal: open.get(row.id) ?? null,
    outcome: row.outcome,
  };
}
