import { Inject, Injectable } from '@nestjs/common';
import { maskName } from '@linli/shared/kernel';
import { ROLE_NAMES, type MembershipRole } from '@linli/shared/identity';
import type { Reader } from '../../kernel/database/index.ts';
import { PersonsRepository } from '../identity/index.ts';

/** Who published, as owners see it: 奇台县安泰物业服务有限公司 物业经理 赵*. */
@Injectable()
export class PublisherLabel {
  constructor(@Inject(PersonsRepository) private readonly persons: PersonsRepository) {}

  async of(reader: Reader, personId: string, estateId: string): Promise<string> {
    const office = await this.officeOf(reader, personId, estateId);
    const names = await this.persons.names(reader, [personId]);
    const parts = [
      office?.name ?? '',
      office === null ? '' : ROLE_NAMES[office.role],
      maskName(names.get(personId) ?? ''),
    ];
    return parts
      .filter((part) => part !== '')
      .join(' ')
      .slice(0, 100);
  }

  /** The company that the person works for in the estate; '' where they work for none. */
  async companyOf(reader: Reader, personId: string, estateId: string): Promise<string> {
    return (await this.officeOf(reader, personId, estateId))?.name ?? '';
  }

  private officeOf(reader: Reader, personId: string, estateId: string) {
    return reader.row<{ name: string; role: MembershipRole }>(
      `SELECT o.name, m.role FROM memberships m JOIN organisations o ON o.id = m.organisation_id
       JOIN organisation_estates e ON e.organisation_id = o.id AND e.estate_id = m.estate_id
       WHERE m.estate_id = ? AND m.person_id = ? AND o.kind = 'COMPANY' AND m.confirmed_at IS NOT NULL ORDER BY m.role DESC LIMIT 1`,
      [estateId, personId],
    );
  }
}
