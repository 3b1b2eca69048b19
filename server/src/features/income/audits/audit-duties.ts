import { Inject, Injectable } from '@nestjs/common';
import { auditDuty, type AuditOverview, auditYears, owedAudits } from '@linli/shared/income-audit';
import { yearOf } from '@linli/shared/kernel';
import type { Reader } from '../../../kernel/database/index.ts';
import { type Books, EstateBooks } from '../estate-books.ts';
import { StatementsRepository } from '../statements.repository.ts';
import { AuditsRepository } from './audits.repository.ts';

/** Whether an estate owes a yearly audit, and which years are missing. */
@Injectable()
export class AuditDuties {
  constructor(
    @Inject(AuditsRepository) private readonly audits: AuditsRepository,
    @Inject(StatementsRepository) private readonly statements: StatementsRepository,
    @Inject(EstateBooks) private readonly books: EstateBooks,
  ) {}

  async of(
    reader: Reader,
    books: Books,
    publishedYears: readonly number[],
  ): Promise<Pick<AuditOverview, 'duty' | 'decided' | 'owed'>> {
    const { estateId, rules, publishedBy, joinedIn } = books;
    const current = await this.statements.currentOfEstate(reader, estateId);
    // The books begin with the first quarter that was published, or with the one of joining.
    const first = current.at(-1)?.quarter ?? joinedIn;
    const since = Number(first.slice(0, 4));
    const decided = await this.audits.decided(reader, estateId);
    const today = this.books.today();
    const years = auditYears(today, rules, since, decided);
    return {
      duty: auditDuty(yearOf(today), rules, since, decided),
      decided,
      owed: owedAudits(publishedYears, years, today, rules, publishedBy),
    };
  }
}
