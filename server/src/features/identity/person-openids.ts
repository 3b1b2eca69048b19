import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../kernel/database/index.ts';
import { Openids } from '../../wechat/openids.ts';
import { PersonsRepository } from './persons.repository.ts';

/** Openids for the WeChat side, which must not know where people are kept. */
@Injectable()
export class PersonOpenids extends Openids {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
  ) {
    super();
  }

  override async of(personId: string): Promise<string | null> {
    return (await this.persons.byId(this.database, personId))?.openid ?? null;
  }
}
