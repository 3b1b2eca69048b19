import { Inject, Injectable } from '@nestjs/common';
import type { SendSignatureResponse } from '@linli/shared/identity';
import { maskPhone } from '@linli/shared/kernel';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { PersonsRepository } from './persons.repository.ts';
import { SmsCodesService } from './sms-codes.service.ts';
import { SmsPort } from './sms.ts';

/**
 * That the person who holds the phone is the one who signed in 本人确认: a code to their own number. What signs something
 * in the owner's name asks for it; a session alone may be somebody who found the phone unlocked.
 */
@Injectable()
export class ConfirmPersonService {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Database) private readonly database: Database,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(SmsCodesService) private readonly codes: SmsCodesService,
    @Inject(SmsPort) private readonly sms: SmsPort,
  ) {}

  /** Where a code would go, masked; null where none can be sent. */
  async codeTo(caller: Caller): Promise<string | null> {
    const phone = await this.phoneOf(caller);
    return phone === null ? null : maskPhone(phone);
  }

  /** Null where no code can be sent. A demonstration shows the code, as its people have no phones to read it on. */
  async send(caller: Caller, address: string): Promise<SendSignatureResponse | null> {
    const phone = await this.phoneOf(caller);
    if (phone === null) return null;
    const { resendAt, code } = await this.codes.send(phone, address);
    return { resendAt, ...(this.environment.demo ? { demoCode: code } : {}) };
  }

  /** Uses up the code, or throws; false where no code could have been sent. */
  async verify(caller: Caller, code: string, address: string): Promise<boolean> {
    const phone = await this.phoneOf(caller);
    if (phone === null) return false;
    await this.codes.verify(phone, code, address);
    return true;
  }

  private async phoneOf(caller: Caller): Promise<string | null> {
    if (!this.sms.available) return null;
    return (await this.persons.byId(this.database, caller.personId))?.phone ?? null;
  }
}
