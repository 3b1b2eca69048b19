import { Inject, Injectable } from '@nestjs/common';
import { type FieldError, refuse as refusal } from '@linli/shared/errors';
import {
  bookingFaults,
  type CitedDecision,
  type LineContext,
  type OwnersDecision,
  STATEMENT_FAULTS,
  type StatementContent,
  type StatementFault,
  type StatementLine,
  statementFaults,
} from '@linli/shared/income';
import { formatMonth, formatQuarter, nextQuarter, previousQuarter } from '@linli/shared/kernel';
import type { OpenOfMonth } from '@linli/shared/spending';
import type { Reader } from '../../kernel/database/index.ts';
import { DecisionsForSpending, DecisionsService } from '../assembly/index.ts';
import { BookLinesRepository, toBookLine } from './books/book-lines.repository.ts';
import { CollectedMoney } from './books/collected-money.ts';
import type { Books } from './estate-books.ts';
import { CompareAccountService } from './spending/compare-account.service.ts';
import { decisionNumbersOf } from './statement-views.ts';
import { StatementsRepository, type SummaryRow } from './statements.repository.ts';

/** What stands against publication, and the decisions that were found on the way. */
export interface Checked {
  readonly faults: readonly StatementFault[];
  readonly decisions: readonly OwnersDecision[];
}

/** Puts a statement before the rules 公示前的检查, with everything that the estate knows about it. */
@Injectable()
export class CheckStatementService {
  constructor(
    @Inject(StatementsRepository) private readonly statements: StatementsRepository,
    @Inject(DecisionsService) private readonly decisions: DecisionsService,
    @Inject(DecisionsForSpending) private readonly spending: DecisionsForSpending,
    @Inject(BookLinesRepository) private readonly bookLines: BookLinesRepository,
    @Inject(CollectedMoney) private readonly collected: CollectedMoney,
    @Inject(CompareAccountService) private readonly account: CompareAccountService,
  ) {}

  /** What stands against booking this line alone, whatever else its quarter will have. */
  async ofLine(reader: Reader, books: Books, line: StatementLine): Promise<FieldError[]> {
    const context = await this.contextOf(reader, books, { lines: [line] });
    return bookingFaults(line, context);
  }

  async check(reader: Reader, books: Books, content: StatementContent): Promise<Checked> {
    const { estateId } = books;
    // One after the other: inside a transaction there is one connection.
    const current = await this.statements.currentOfEstate(reader, estateId);
    const context = await this.contextOf(reader, books, content);
    const booked = await this.bookLines.ofQuarter(reader, estateId, content.quarter);
    const collected = await this.collected.linesOf(reader, estateId, content.quarter);
    const before = current.find(({ quarter }) => quarter < content.quarter);
    const faults = statementFaults(content, {
      ...context,
      booked: booked.map(toBookLine),
      collected,
      previous: before === undefined ? null : { quarter: before.quarter, closingFen: before.closing_fen },
    });
    const open = await this.bankFaults(reader, estateId, content);
    const earlier = before === undefined ? await this.earlierFaults(reader, estateId, content) : [];
    return {
      faults: [...gapBefore(content, before, current), ...earlier, ...faults, ...open],
      decisions: context.decisions.map(({ spendable: _, ...decision }) => decision),
    };
  }

  private async contextOf(
    reader: Reader,
    { estateId, rules, spendThresholdFen }: Books,
    content: Pick<StatementContent, 'lines'>,
  ): Promise<LineContext> {
    const decisions = await this.decisionsOf(reader, estateId, content);
    const contractsSignedOn = await this.contractsOf(reader, estateId, content);
    const assemblyFoundedOn =
      contractsSignedOn.size === 0 ? null : await this.assemblyKnownFrom(reader, estateId);
    return { rules, spendThresholdFen, decisions, contractsSignedOn, assemblyFoundedOn };
  }

  /** The first quarter that owners read leaves nothing before it that they never would. */
  private async earlierFaults(
    reader: Reader,
    estateId: string,
    { quarter }: StatementContent,
  ): Promise<StatementFault[]> {
    const earlier = await this.bookLines.firstBefore(reader, estateId, quarter);
    if (earlier === null) return [];
    const params = { earlier: formatQuarter(earlier) };
    const { code, message } = refusal(STATEMENT_FAULTS, 'INCOME.BOOKED_EARLIER', { params });
    return [{ path: 'quarter', code, message }];
  }

  /** 月度对账: a quarter is not posted over a month in which the joint account and the bank do not agree. */
  private async bankFaults(
    reader: Reader,
    estateId: string,
    { quarter, lines }: StatementContent,
  ): Promise<StatementFault[]> {
    const faults: StatementFault[] = [];
    for (const [month, { open }] of await this.account.ofQuarter(reader, estateId, quarter, lines)) {
      if (open.payments + open.withdrawals === 0) continue;
      const params = { month: formatMonth(month), open: openText(open) };
      const { code, message } = refusal(STATEMENT_FAULTS, 'INCOME.BANK_OPEN', { params });
      faults.push({ path: 'bankBalanceFen', code, message });
    }
    return faults;
  }

  /** The decisions that lines cite, under the number as it is written there; unknown ones are left out. */
  async decisionsOf(
    reader: Reader,
    estateId: string,
    { lines }: Pick<StatementContent, 'lines'>,
  ): Promise<CitedDecision[]> {
    const found: CitedDecision[] = [];
    for (const number of decisionNumbersOf(lines)) {
      const spendable = await this.spending.byNumber(reader, estateId, number);
      if (spendable === null) continue;
      const decision = await this.decisions.byNumber(reader, estateId, spendable.number);
      if (decision === null) continue;
      const { voteClass: cls, decidedOn, status } = decision;
      found.push({ number, cls, passed: status === 'IN_FORCE', decidedOn, spendable });
    }
    return found;
  }

  private async contractsOf(
    reader: Reader,
    estateId: string,
    { lines }: Pick<StatementContent, 'lines'>,
  ): Promise<Map<string, string>> {
    const numbers = [...new Set(lines.flatMap((line) => line.contractNo ?? []))];
    if (numbers.length === 0) return new Map();
    const rows = await reader.rows<{ contract_no: string; signed_on: string }>(
      `SELECT contract_no, signed_on FROM income_contracts
       WHERE estate_id = ? AND contract_no IN (${numbers.map(() => '?').join(', ')})`,
      [estateId, ...numbers],
    );
    return new Map(rows.map((row) => [row.contract_no, row.signed_on]));
  }

  /** The assembly was there on the day of its first decision at the latest; nobody registers its founding. */
  private async assemblyKnownFrom(reader: Reader, estateId: string): Promise<string | null> {
    const row = await reader.row<{ decided_on: string | null }>(
      `SELECT MIN(decided_on) AS decided_on FROM decisions WHERE estate_id = ? AND status = 'IN_FORCE'`,
      [estateId],
    );
    return row?.decided_on ?? null;
  }
}

function openText({ payments, withdrawals }: OpenOfMonth): string {
  const parts = [
    payments === 0 ? [] : [`${payments} 笔付款在银行流水上没有对上`],
    withdrawals === 0 ? [] : [`${withdrawals} 笔银行支出没有说明`],
  ];
  return ` ${parts.flat().join('、')}`;
}

/** A quarter from before the first published one must touch it: a hole would never be filled. */
function gapBefore(
  { quarter }: StatementContent,
  before: SummaryRow | undefined,
  current: readonly SummaryRow[],
): StatementFault[] {
  const first = current.at(-1);
  if (before !== undefined || first === undefined || nextQuarter(quarter) >= first.quarter) return [];
  const params = { missing: formatQuarter(previousQuarter(first.quarter)) };
  const { code, message } = refusal(STATEMENT_FAULTS, 'INCOME.QUARTER_GAP', { params });
  return [{ path: 'quarter', code, message }];
}
