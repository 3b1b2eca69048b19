import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  canonicalStatement,
  diffStatements,
  INCOME_LIMITS,
  STATEMENT_MACHINE,
  PUBLISHING_BODY_LABELS,
  type StatementActor,
  type StatementEvent,
  type StatementRequirement,
} from '@linli/shared/income';
import type { EstateRole } from '@linli/shared/identity';
import { formatQuarter, nextQuarter, quarterEnd, yuanText } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { PersonsRepository } from '../identity/index.ts';
import { InboxService } from '../notifications/index.ts';
import { CheckStatementService, type Checked } from './check-statement.service.ts';
import { CollectedMoney } from './books/collected-money.ts';
import { FundBooks } from './books/fund-books.service.ts';
import {
  actorOf,
  type Books,
  EstateBooks,
  keepersOf,
  PUBLISHERS,
  requireKeeper,
  requireReviewer,
  WITNESSES,
} from './estate-books.ts';
import { toStatement } from './statement-views.ts';
import { StatementsRepository, type StatementRow } from './statements.repository.ts';

/** Two publications of one estate at once meet at the chain; the later one checks and links again. */
const CHAIN_ATTEMPTS = 5;

/** The way to the owners 提交和公示: one person submits, another one publishes, and then nothing ever changes. */
@Injectable()
export class ReviewStatementService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StatementsRepository) private readonly statements: StatementsRepository,
    @Inject(CheckStatementService) private readonly checks: CheckStatementService,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(FundBooks) private readonly fund: FundBooks,
    @Inject(CollectedMoney) private readonly collected: CollectedMoney,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async submit(caller: Caller, estateId: string, statementId: string, revision: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { books, row } = await this.read(tx, caller, estateId, statementId, 'KEEPER');
      if (row.state === 'SUBMITTED' && row.submitted_by === caller.personId && row.revision === revision)
        return;
      const checked = await this.requireSound(tx, books, row);
      requireStep(row, actorOf(caller, books, row), 'SUBMIT', ['NO_FAULTS']);
      await this.requireDifferent(tx, estateId, row);
      const done = await tx.run(
        `UPDATE income_statements SET state = 'SUBMITTED', submitted_by = ?, submitted_at = ?, returned_reason = NULL,
           updated_at = ?
         WHERE estate_id = ? AND id = ? AND revision = ? AND state IN ('DRAFT', 'RETURNED')`,
        [caller.personId, this.clock.now(), this.clock.now(), estateId, statementId, revision],
      );
      if (done === 0) throw refuse('INCOME.CHANGED_SINCE');
      const { quarter, lines } = toStatement(row);
      const booking = { estateId, personId: caller.personId };
      const moved = await this.fund.settle(tx, booking, { id: statementId, quarter, lines });
      await this.record(tx, caller, 'STATEMENT.SUBMITTED', estateId, row, {
        decisions: checked.decisions.length,
        ...moved,
      });
      await this.askReviewers(tx, caller, books, row);
    });
  }

  /** 请复核, to whoever publishes; 请见证 to the community where it is not the one that publishes. */
  private async askReviewers(
    tx: Transaction,
    caller: Caller,
    { estateId, publishedBy }: Books,
    { id, quarter, closing_fen: closingFen }: StatementRow,
  ): Promise<void> {
    const reviewers = await this.inbox.staffOf(tx, estateId, PUBLISHERS[publishedBy]);
    await this.inbox.post(tx, {
      to: reviewers.filter((personId) => personId !== caller.personId),
      estateId,
      kind: 'INCOME',
      title: `请复核${formatQuarter(quarter)}公共收益`,
      body: `期末余额 ${yuanText(closingFen)} 元。核对后由您公示，或写明原因退回。`,
      link: deskLink(id),
    });
    if (publishedBy === 'COMMUNITY') return;
    await this.inbox.post(tx, {
      to: await this.inbox.staffOf(tx, estateId, WITNESSES),
      estateId,
      kind: 'INCOME',
      title: `请见证${formatQuarter(quarter)}公共收益`,
      body: `已经提交${PUBLISHING_BODY_LABELS[publishedBy]}复核，公示之前可以看明细和凭证，看过请点见证。`,
      link: deskLink(id),
    });
  }

  /** The community has seen the books 社区见证: owners read its name under them. */
  async witness(caller: Caller, estateId: string, statementId: string, revision: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await this.statements.byId(tx, estateId, statementId);
      if (row === null || row.state === 'DISCARDED') throw refuse('NOT_FOUND');
      requireStep(row, 'WITNESS', 'WITNESS', []);
      const witness = await this.witnessName(tx, caller, estateId);
      const done = await tx.run(
        `UPDATE income_statements SET witness = ? WHERE estate_id = ? AND id = ? AND revision = ? AND state = 'SUBMITTED'`,
        [witness, estateId, statementId, revision],
      );
      if (done === 0) throw refuse('INCOME.CHANGED_SINCE');
      await this.record(tx, caller, 'STATEMENT.WITNESSED', estateId, row, { witness: caller.personId });
    });
  }

  async takeBack(caller: Caller, estateId: string, statementId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { books, row } = await this.read(tx, caller, estateId, statementId, 'KEEPER');
      requireStep(row, actorOf(caller, books, row), 'TAKE_BACK', []);
      await this.leaveReview(tx, row, estateId, 'DRAFT', null);
      await this.record(tx, caller, 'STATEMENT.TAKEN_BACK', estateId, row, { state: 'DRAFT' });
    });
  }

  async giveBack(caller: Caller, estateId: string, statementId: string, reasonGiven: string): Promise<void> {
    const reason = reasonGiven.trim();
    await this.database.transaction(async (tx) => {
      const { books, row } = await this.read(tx, caller, estateId, statementId, 'REVIEWER');
      if (isOwnSubmission(row, caller)) throw refuse('INCOME.SAME_PERSON');
      if (reason.length < INCOME_LIMITS.reasonMin) throw refuse('INCOME.RETURN_REASON');
      requireStep(row, actorOf(caller, books, row), 'RETURN', ['REASON', 'OTHER_PERSON']);
      await this.leaveReview(tx, row, estateId, 'RETURNED', reason);
      await this.record(tx, caller, 'STATEMENT.RETURNED', estateId, row, { state: 'RETURNED', reason });
      await this.inbox.post(tx, {
        to: row.submitted_by === null ? [] : [row.submitted_by],
        estateId,
        kind: 'INCOME',
        title: `${formatQuarter(row.quarter)}公共收益被退回`,
        body: reason,
        link: deskLink(statementId),
      });
    });
  }

  /** Publishes the revision that was read. Everything is checked again: a decision may be gone since. */
  async publish(caller: Caller, estateId: string, statementId: string, revision: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.database.transaction((tx) =>
          this.publishOnce(tx, caller, estateId, statementId, revision),
        );
        return;
      } catch (error) {
        if (violates(error, 'uq_income_statements_current')) throw refuse('INCOME.QUARTER_PUBLISHED');
        if (attempt === CHAIN_ATTEMPTS || !violates(error, 'uq_income_statements_chain')) throw error;
      }
    }
  }

  private async publishOnce(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    statementId: string,
    revision: number,
  ): Promise<void> {
    const { books, row } = await this.read(tx, caller, estateId, statementId, 'REVIEWER');
    const actor = actorOf(caller, books, row);
    // The second tap of the same person on what they have published is answered as the first.
    if (row.state === 'PUBLISHED' && row.reviewed_by === caller.personId && row.revision === revision) return;
    if (isOwnSubmission(row, caller)) throw refuse('INCOME.SAME_PERSON');
    if (row.state !== 'SUBMITTED') requireStep(row, actor, 'PUBLISH', []);
    if (row.revision !== revision) throw refuse('INCOME.CHANGED_SINCE');
    const { decisions } = await this.requireSound(tx, books, row);
    requireStep(row, actor, 'PUBLISH', ['NO_FAULTS', 'OTHER_PERSON']);
    if (row.amends !== null) await this.supersede(tx, estateId, row.amends);
    const last = await this.statements.lastLink(tx, estateId);
    const prevHash = last?.hash ?? null;
    const now = this.clock.now();
    const hash = createHash('sha256')
      .update(canonicalStatement({ ...toStatement(row), prevHash }))
      .digest('hex');
    const done = await tx.run(
      `UPDATE income_statements SET state = 'PUBLISHED', reviewed_by = ?, published_at = ?, prev_hash = ?, hash = ?,
         chain_no = ?, published_version = version, open_key = NULL, current_key = quarter, decisions_json = ?,
         updated_at = ?
       WHERE estate_id = ? AND id = ? AND revision = ? AND state = 'SUBMITTED'`,
      [
        caller.personId,
        now,
        prevHash,
        hash,
        (last?.chain_no ?? 0) + 1,
        JSON.stringify(decisions),
        now,
        estateId,
        statementId,
        revision,
      ],
    );
    if (done === 0) throw refuse('INCOME.CHANGED_SINCE');
    await this.openBooks(tx, estateId);
    await this.collected.keep(tx, estateId, statementId, row.quarter);
    await this.record(tx, caller, 'STATEMENT.PUBLISHED', estateId, row, { state: 'PUBLISHED', hash });
    await this.tell(tx, books, row);
  }

  private async openBooks(tx: Transaction, estateId: string): Promise<void> {
    const first = (await this.statements.currentOfEstate(tx, estateId)).at(-1);
    if (first === undefined) return;
    await this.fund.open(tx, estateId, { statementId: first.id, openingFen: first.opening_fen });
  }

  private async supersede(tx: Transaction, estateId: string, amended: string): Promise<void> {
    const done = await tx.run(
      `UPDATE income_statements SET state = 'SUPERSEDED', current_key = NULL
       WHERE estate_id = ? AND id = ? AND state = 'PUBLISHED'`,
      [estateId, amended],
    );
    if (done === 0) throw refuse('INCOME.AMEND_NOT_LATEST');
  }

  /** Owners hear of it; the keepers hear when a later quarter no longer follows from this one. */
  private async tell(tx: Transaction, books: Books, row: StatementRow): Promise<void> {
    const { estateId } = books;
    const owners = await tx.rows<{ person_id: string }>(
      `SELECT DISTINCT person_id FROM residencies
       WHERE estate_id = ? AND kind = 'OWNER' AND (ends_at IS NULL OR ends_at > ?)`,
      [estateId, this.clock.now()],
    );
    const quarter = formatQuarter(row.quarter);
    await this.inbox.post(tx, {
      to: owners.map(({ person_id }) => person_id),
      estateId,
      kind: 'INCOME',
      title: row.amends === null ? `${quarter}公共收益已公示` : `${quarter}公共收益有更正`,
      body:
        row.amends === null
          ? `收入 ${yuanText(row.income_net_fen)} 元，支出 ${yuanText(row.spend_fen)} 元，余额 ${yuanText(row.closing_fen)} 元。`
          : `更正原因：${row.reason}`.slice(0, 300),
      link: `/packages/income/pages/statement/index?id=${row.id}`,
    });
    const after = await this.statements.current(tx, estateId, nextQuarter(row.quarter));
    if (after === null || after.opening_fen === row.closing_fen) return;
    await this.inbox.post(tx, {
      to: await this.inbox.staffOf(tx, estateId, keepersOf(books)),
      estateId,
      kind: 'INCOME',
      title: `${formatQuarter(after.quarter)}的期初余额要更正`,
      body: `${quarter}的期末余额现在是 ${yuanText(row.closing_fen)} 元，请为后一季度也发布更正。`,
      link: deskLink(after.id),
    });
  }

  private async read(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    statementId: string,
    as: 'KEEPER' | 'REVIEWER',
  ): Promise<{ books: Books; row: StatementRow }> {
    const books = await this.books.of(tx, estateId);
    if (as === 'REVIEWER') requireReviewer(caller, books);
    else requireKeeper(caller, books);
    const row = await this.statements.byId(tx, estateId, statementId);
    if (row === null || row.state === 'DISCARDED') throw refuse('NOT_FOUND');
    return { books, row };
  }

  private async requireSound(tx: Transaction, books: Books, row: StatementRow): Promise<Checked> {
    if (quarterEnd(row.quarter) >= this.books.today())
      throw refuse('INCOME.QUARTER_NOT_OVER', { params: { quarter: formatQuarter(row.quarter) } });
    const checked = await this.checks.check(tx, books, toStatement(row));
    const { faults } = checked;
    if (faults.length > 0)
      throw refuse('INCOME.STATEMENT_INVALID', { params: { count: faults.length }, fields: faults });
    return checked;
  }

  /** A correction that corrects nothing would only bury the one before it. */
  private async requireDifferent(tx: Transaction, estateId: string, row: StatementRow): Promise<void> {
    if (row.amends === null) return;
    const before = await this.statements.byId(tx, estateId, row.amends);
    if (before === null || before.state !== 'PUBLISHED') throw refuse('INCOME.AMEND_NOT_LATEST');
    if (!diffStatements(toStatement(before), toStatement(row)).changed) throw refuse('INCOME.AMEND_NOTHING');
  }

  private async leaveReview(
    tx: Transaction,
    row: StatementRow,
    estateId: string,
    state: 'DRAFT' | 'RETURNED',
    reason: string | null,
  ): Promise<void> {
    const done = await tx.run(
      `UPDATE income_statements SET state = ?, returned_reason = ?, witness = NULL, updated_at = ?
       WHERE estate_id = ? AND id = ? AND revision = ? AND state = 'SUBMITTED'`,
      [state, reason, this.clock.now(), estateId, row.id, row.revision],
    );
    if (done === 0) throw refuse('INCOME.CHANGED_SINCE');
  }

  /** 东关社区居民委员会 古丽 */
  private async witnessName(tx: Transaction, caller: Caller, estateId: string): Promise<string> {
    const office = caller.grants.find(
      (grant) => grant.estateId === estateId && (WITNESSES as readonly EstateRole[]).includes(grant.role),
    );
    const organisation = await tx.row<{ name: string }>('SELECT name FROM organisations WHERE id = ?', [
      office?.organisationId ?? '',
    ]);
    const names = await this.persons.names(tx, [caller.personId]);
    return [organisation?.name ?? '', names.get(caller.personId) ?? '']
      .filter((part) => part !== '')
      .join(' ')
      .slice(0, INCOME_LIMITS.counterpartyMax);
  }

  private record(
    tx: Transaction,
    caller: Caller,
    action: string,
    estateId: string,
    row: StatementRow,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId,
      subjectType: 'income_statement',
      subjectId: row.id,
      before: { state: row.state, revision: row.revision },
      after: { ...after, quarter: row.quarter, version: row.version, closingFen: row.closing_fen },
    });
  }
}

function isOwnSubmission(row: StatementRow, caller: Caller): boolean {
  return row.state === 'SUBMITTED' && row.submitted_by === caller.personId;
}

function requireStep(
  row: StatementRow,
  actor: StatementActor,
  event: StatementEvent,
  present: readonly StatementRequirement[],
): void {
  if (row.state === 'PUBLISHED' || row.state === 'SUPERSEDED') throw refuse('INCOME.IMMUTABLE');
  const step = STATEMENT_MACHINE.next(toStatement(row).state, event, actor, present);
  if (!step.ok) throw refuse(step.error.code);
}

function deskLink(statementId: string): string {
  return `/packages/workbench-income/pages/draft/index?id=${statementId}`;
}
