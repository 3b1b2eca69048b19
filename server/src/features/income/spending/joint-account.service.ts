import { Inject, Injectable } from '@nestjs/common';
import type { Month } from '@linli/shared/kernel';
import type { BankImport } from '@linli/shared/reconcile';
import {
  type AccountLine,
  type BankExplanation,
  type ExplainBankRequest,
  isOtherPerson,
  type JointAccountMonth,
  SPENDING_LIMITS,
} from '@linli/shared/spending';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { idOf } from '../../../kernel/http/id-param.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { PersonsRepository } from '../../identity/index.ts';
import {
  AccountLinesRepository,
  type AccountWithdrawal,
  BankStatementsService,
} from '../../reconciliation/index.ts';
import { EstateBooks, isKeeper, requireKeeper } from '../estate-books.ts';
import { CompareAccountService } from './compare-account.service.ts';
import { type ExplanationRow, JointAccountRepository } from './joint-account.repository.ts';
import { ReadSpendingService } from './read-spending.service.ts';
import { peopleOf, SpendingRepository } from './spending.repository.ts';

/** The joint account month by month 共管账户月度对账, and what is said of that which fits nothing. */
@Injectable()
export class JointAccountService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CompareAccountService) private readonly comparing: CompareAccountService,
    @Inject(ReadSpendingService) private readonly reading: ReadSpendingService,
    @Inject(SpendingRepository) private readonly requests: SpendingRepository,
    @Inject(AccountLinesRepository) private readonly lines: AccountLinesRepository,
    @Inject(JointAccountRepository) private readonly account: JointAccountRepository,
    @Inject(BankStatementsService) private readonly statements: BankStatementsService,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async month(caller: Caller, estateId: string, month: Month): Promise<JointAccountMonth> {
    const { payments, withdrawals, open } = await this.comparing.month(this.database, estateId, month);
    const explanations = [...payments, ...withdrawals].flatMap(({ explanation }) => explanation ?? []);
    const names = await this.persons.names(
      this.database,
      explanations.map(({ explained_by }) => explained_by),
    );
    const views = await this.reading.views(
      caller,
      estateId,
      payments.map(({ row }) => row),
    );
    return {
      month,
      statementUntil: await this.lines.until(this.database, estateId),
      payments: payments.flatMap(({ state, line, explanation }, at) => {
        const request = views[at];
        if (request === undefined) return [];
        return [
          {
            request,
            state,
            line: line === null ? null : toLine(line),
            explanation: said(explanation, names),
          },
        ];
      }),
      withdrawals: withdrawals.flatMap(({ line, state, row, bookedAs, explanation }) => {
        const paidFor = row?.request_text ?? bookedAs;
        return [{ line: toLine(line), state, paidFor, explanation: said(explanation, names) }];
      }),
      open,
      isKeeper: isKeeper(caller, await this.books.of(this.database, estateId)),
    };
  }

  async import(caller: Caller, estateId: string, file: Buffer): Promise<BankImport> {
    requireKeeper(caller, await this.books.of(this.database, estateId));
    return this.statements.importAccount(caller, estateId, file);
  }

  /** Said once, for good. A payment is explained by another person than who made it. */
  async explain(caller: Caller, estateId: string, request: ExplainBankRequest): Promise<void> {
    const { kind, subject } = request;
    const reason = request.reason.trim();
    if (reason.length < SPENDING_LIMITS.reasonLength.min) throw refuse('SPENDING.REASON');
    try {
      await this.database.transaction(async (tx) => {
        requireKeeper(caller, await this.books.of(tx, estateId));
        if (kind === 'PAYMENT') await this.requirePayment(tx, caller, estateId, idOf(subject));
        else await this.requireWithdrawal(tx, estateId, subject);
        const id = this.ids.next();
        await tx.insert('bank_explanations', {
          id,
          estate_id: estateId,
          kind,
          subject,
          reason,
          explained_by: caller.personId,
          explained_at: this.clock.now(),
        });
        await this.audit.record(tx, caller, {
          action: 'SPENDING.BANK_EXPLAINED',
          estateId,
          subjectType: 'bank_explanation',
          subjectId: id,
          after: { kind },
        });
      });
    } catch (error) {
      throw violates(error, 'uq_bank_explanations_subject') ? refuse('SPENDING.NOTHING_OPEN') : error;
    }
  }

  private async requirePayment(tx: Transaction, caller: Caller, estateId: string, id: string): Promise<void> {
    const row = await this.requests.byId(tx, estateId, id);
    if (row === null) throw refuse('NOT_FOUND');
    if (row.state !== 'PAID') throw refuse('SPENDING.NOTHING_OPEN');
    if (!isOtherPerson('RECONCILE', caller.personId, peopleOf(row))) throw refuse('SPENDING.SAME_PERSON');
  }

  private async requireWithdrawal(tx: Transaction, estateId: string, serial: string): Promise<void> {
    const line = await this.lines.withdrawal(tx, estateId, serial);
    if (line === null) throw refuse('NOT_FOUND');
    if (await this.account.isMatched(tx, line)) throw refuse('SPENDING.NOTHING_OPEN');
  }
}

function toLine({ serial, onDate, amountFen, counterparty, summary }: AccountWithdrawal): AccountLine {
  return { serial, onDate, amountFen, counterparty, summary };
}

function said(row: ExplanationRow | null, names: ReadonlyMap<string, string>): BankExplanation | null {
  if (row === null) return null;
  return { reason: row.reason, by: names.get(row.explained_by) ?? '', at: row.explained_at };
}
