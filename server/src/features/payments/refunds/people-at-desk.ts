import { Inject, Injectable } from '@nestjs/common';
import { maskName } from '@linli/shared/kernel';
import type { Reader } from '../../../kernel/database/index.ts';
import { PersonsRepository } from '../../identity/index.ts';

/** Who asked and who decided, masked. */
@Injectable()
export class PeopleAtDesk {
  constructor(@Inject(PersonsRepository) private readonly persons: PersonsRepository) {}

  async named(reader: Reader, ids: readonly (string | null)[]): Promise<(id: string | null) => string> {
    const names = await this.persons.names(
      reader,
      ids.filter((id) => id !== null),
    );
    return (id) => (id === null ? '系统' : maskName(names.get(id) ?? ''));
  }
}
