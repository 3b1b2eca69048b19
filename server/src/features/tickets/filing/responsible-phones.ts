import { Injectable } from '@nestjs/common';
import { type Phone, parsePhone } from '@linli/shared/kernel';
import type { DepartmentCode, TicketCategoryCode } from '@linli/shared/tickets';
import type { Reader } from '../../../kernel/database/index.ts';
import { departmentOfOrganisation, type EstateOrganisation } from '../bodies.ts';

/** What is asked of whoever keeps the estate's contact board 公告牌. */
export interface PhoneQuery {
  readonly estateId: string;
  /** Null where no kind of complaint is meant yet. */
  readonly category: TicketCategoryCode | null;
  readonly departments: readonly DepartmentCode[];
}

/** A keeper of phones: answers those it knows. */
export interface PhoneSource {
  phonesOf(reader: Reader, query: PhoneQuery): Promise<ReadonlyMap<DepartmentCode, Phone>>;
}

const KNOWS_NONE: PhoneSource = { phonesOf: () => Promise.resolve(new Map()) };

/**
 * Whom to call. The contact board hands itself in at start (`use`), so that complaints do not depend on it; what the
 * board does not name is the organisation's own number.
 */
@Injectable()
export class ResponsiblePhones {
  private source: PhoneSource = KNOWS_NONE;

  use(source: PhoneSource): void {
    this.source = source;
  }

  async phonesOf(
    reader: Reader,
    query: PhoneQuery,
    organisations: readonly EstateOrganisation[],
  ): Promise<ReadonlyMap<DepartmentCode, Phone>> {
    const phones = new Map<DepartmentCode, Phone>();
    for (const organisation of organisations) {
      const department = departmentOfOrganisation(organisation);
      const phone = organisation.phone === null ? null : parsePhone(organisation.phone);
      if (department !== null && phone !== null && !phones.has(department)) phones.set(department, phone);
    }
    const board = await this.source.phonesOf(reader, query);
    for (const [department, phone] of board) phones.set(department, phone);
    return phones;
  }
}
