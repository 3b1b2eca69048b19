import { Inject, Injectable } from '@nestjs/common';
import {
  type IncomeRules,
  type PublishingBody,
  type StatementActor,
  type StatementState,
  statementOwedBy,
} from '@linli/shared/income';
import type { EstateRole } from '@linli/shared/identity';
import type { AuditRules } from '@linli/shared/income-audit';
import { type Quarter, quarterOf, shanghaiDate } from '@linli/shared/kernel';
import { isRegionCode, regionProfile } from '@linli/shared/regions';
import { type Caller, COMMITTEE, COMPANY } from '../../kernel/access/index.ts';
import type { Reader } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { InboxService } from '../notifications/index.ts';
import type { StatementRow } from './statements.repository.ts';

/** What an estate's public income is kept by: the region's rules and the estate's own settings. */
export interface Books {
  readonly estateId: string;
  readonly rules: IncomeRules & AuditRules;
  /** Spending from this amount on needs a decision; null means all of it does. */
  readonly spendThresholdFen: number | null;
  /** The quarter in which the estate joined: the first it owes while it has published none. */
  readonly joinedIn: Quarter;
  /** Who publishes today: members whose term is over do not make a committee. */
  readonly publishedBy: PublishingBody;
}

interface EstateRow {
  region_code: string;
  spend_vote_threshold_fen: number | null;
  created_at: number;
}

@Injectable()
export class EstateBooks {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(InboxService) private readonly inbox: InboxService,
  ) {}

  async of(reader: Reader, estateId: string): Promise<Books> {
    const row = await reader.row<EstateRow>(
      'SELECT region_code, spend_vote_threshold_fen, created_at FROM estates WHERE id = ?',
      [estateId],
    );
    if (row === null) throw refuse('NOT_FOUND');
    const profile = regionProfile(isRegionCode(row.region_code) ? row.region_code : 'national');
    return {
      estateId,
      rules: profile.income,
      spendThresholdFen: row.spend_vote_threshold_fen,
      joinedIn: quarterOf(shanghaiDate(row.created_at)),
      publishedBy: await this.publishedBy(reader, estateId),
    };
  }

  private async publishedBy(reader: Reader, estateId: string): Promise<PublishingBody> {
    const inOffice = await this.inbox.staffOf(reader, estateId, COMMITTEE);
    return inOffice.length > 0 ? 'COMMITTEE' : 'COMMUNITY';
  }

  today(): string {
    return shanghaiDate(this.clock.now());
  }
}

/** 社区 looks at what waits for its second person, and may say that it has seen the books. */
export const WITNESSES = ['COMMUNITY_OFFICER'] as const satisfies readonly EstateRole[];

/** Whoever keeps the books in some estate: `keepersOf` says who does in this one. */
export const SOMEWHERE_KEEPERS = [...COMMITTEE, ...COMPANY, ...WITNESSES] as const;

export const PUBLISHERS = {
  COMMITTEE,
  COMMUNITY: WITNESSES,
} as const satisfies Record<PublishingBody, readonly EstateRole[]>;

/**
 * 业委会单独开户建账: the committee keeps the books, and while none is in office the community does. Elsewhere the company
 * does, and the committee may as well.
 */
export function keepersOf({ rules, publishedBy }: Books): readonly EstateRole[] {
  const keeper = statementOwedBy(rules, publishedBy);
  return keeper === 'COMPANY' ? [...COMMITTEE, ...COMPANY] : PUBLISHERS[keeper];
}

export function isKeeper(caller: Caller, books: Books): boolean {
  return caller.has(books.estateId, keepersOf(books));
}

export function requireKeeper(caller: Caller, books: Books): void {
  if (!isKeeper(caller, books)) throw refuse('ACCESS.DENIED');
}

/** Whoever may do the next thing to a submitted statement reads it, and so may its keepers. */
export function requireReviewer(caller: Caller, books: Books): void {
  const { estateId, publishedBy } = books;
  if (caller.has(estateId, PUBLISHERS[publishedBy])) return;
  requireKeeper(caller, books);
  throw refuse(publishedBy === 'COMMITTEE' ? 'INCOME.COMMITTEE_PUBLISHES' : 'INCOME.COMMUNITY_PUBLISHES');
}

/** The keepers read every draft; for the community there are otherwise only those that were submitted. */
export function requireReader(caller: Caller, books: Books, state: StatementState | null): void {
  if (isKeeper(caller, books)) return;
  if (!caller.has(books.estateId, WITNESSES)) throw refuse('ACCESS.DENIED');
  if (state === null || state === 'DRAFT') throw refuse('NOT_FOUND');
}

/**
 * What the caller is to a statement. Keepers work on it together; submitted, it is the submitter's to take back and
 * another person's of the publishing body to publish or return.
 */
export function actorOf(
  caller: Caller,
  books: Books,
  { state, submitted_by: submittedBy }: Pick<StatementRow, 'state' | 'submitted_by'>,
): StatementActor {
  if (state !== 'SUBMITTED') return isKeeper(caller, books) ? 'PREPARER' : 'READER';
  if (submittedBy === caller.personId) return 'PREPARER';
  if (caller.has(books.estateId, PUBLISHERS[books.publishedBy])) return 'REVIEWER';
  return caller.has(books.estateId, WITNESSES) ? 'WITNESS' : 'READER';
}
