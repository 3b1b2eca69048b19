import { Inject, Injectable } from '@nestjs/common';
import { type AuditDuty, auditDuty, type OwedAudit, owedAudits } from '@linli/shared/income-audit';
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
  ): Promise<{ readonly duty: AuditDuty | null; readonly owed: readonly OwedAudit[] }> {
    const { estateId, rules, publishedBy, joinedIn } = books;
    const current = await this.statements.currentOfEstate(reader, estateId);
    // The books begin with the first quarter that was published, or with the one of joining.
    const first = current.at(-1)?.quarter ?? joinedIn;
    const commitment = await this.audits.commitment(reader, estateId);
    const duty = auditDuty(rules, Number(first.slice(0, 4)), commitment);
    return { duty, owed: owedAudits(publishedYears, duty, this.books.today(), rules, publishedBy) };
  }
}
