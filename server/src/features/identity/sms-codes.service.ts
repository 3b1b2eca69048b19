import { createHash, randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_LIMITS } from '@linli/shared/identity';
import type { Instant } from '@linli/shared/kernel';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, violates } from '../../kernel/database/index.ts';
import { refuse, type Refused } from '../../kernel/errors/refused.ts';
import { RateLimits, type RateLimit } from '../../kernel/rate-limits/rate-limits.ts';
import { PersonsRepository } from './persons.repository.ts';
import { SmsPort } from './sms.ts';

const VALID_MS = 5 * 60_000;
const RESEND_MS = 60_000;
const MAX_WRONG = 5;
const LOCK_MS = 15 * 60_000;
const PER_PHONE: RateLimit = { name: 'sms-phone', points: 10, seconds: 24 * 3600 };
const PER_ADDRESS: RateLimit = { name: 'sms-address', points: 30, seconds: 3600 };
const TRIES_PER_ADDRESS: RateLimit = { name: 'sms-verify', points: 60, seconds: 900 };

interface CodeRow {
  code_hash: string;
  sent_at: number;
  expires_at: number;
  wrong_tries: number;
  locked_until: number;
}

/**
 * One-time codes by SMS: valid for five minutes and once; five wrong tries lock the phone for a quarter of an hour.
 * The count of wrong tries lives in the database, so that replicas cannot be played against each other.
 */
@Injectable()
export class SmsCodesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(SmsPort) private readonly sms: SmsPort,
  ) {}

  /** Sends a code; answers the instant from when another may be asked for, and the code, which is for no answer to tell. */
  async send(phone: string, address: string): Promise<{ readonly resendAt: Instant; readonly code: string }> {
    await this.limits.use(PER_ADDRESS, address);
    const phoneIndex = this.persons.phoneIndex(phone);
    await this.limits.use(PER_PHONE, phoneIndex);
    const code = randomInt(10 ** IDENTITY_LIMITS.smsCodeDigits)
      .toString()
      .padStart(IDENTITY_LIMITS.smsCodeDigits, '0');
    const now = this.clock.now();
    await this.store(phoneIndex, codeHash(phoneIndex, code), now);
    await this.sms.sendCode(phone, code);
    return { resendAt: now + RESEND_MS, code };
  }

  /** Uses up the code, or throws. */
  async verify(phone: string, code: string, address: string): Promise<void> {
    await this.limits.use(TRIES_PER_ADDRESS, address);
    const phoneIndex = this.persons.phoneIndex(phone);
    const now = this.clock.now();
    const problem = await this.database.transaction(async (tx): Promise<Refused | null> => {
      // Counted before the code is looked at, by the row itself: guesses sent at once cannot share one count.
      const counted = await tx.run(
        `UPDATE sms_codes SET locked_until = CASE WHEN wrong_tries + 1 >= ? THEN ? ELSE 0 END,
           wrong_tries = wrong_tries + 1 WHERE phone_index = ? AND locked_until <= ?`,
        [MAX_WRONG, now + LOCK_MS, phoneIndex, now],
      );
      const taken =
        counted === 0
          ? 0
          : await tx.run('DELETE FROM sms_codes WHERE phone_index = ? AND code_hash = ? AND expires_at > ?', [
              phoneIndex,
              codeHash(phoneIndex, code),
              now,
            ]);
      if (taken === 1) return null;
      const row = await tx.row<CodeRow>('SELECT * FROM sms_codes WHERE phone_index = ?', [phoneIndex]);
      return row !== null && row.locked_until > now
        ? locked(row.locked_until, now)
        : refuse('AUTH.CODE_WRONG');
    });
    // Thrown outside the transaction: the count of wrong tries must stay.
    if (problem !== null) throw problem;
  }

  private async store(phoneIndex: string, hash: string, now: number): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const row = await tx.row<CodeRow>('SELECT * FROM sms_codes WHERE phone_index = ?', [phoneIndex]);
        if (row !== null && row.locked_until > now) throw locked(row.locked_until, now);
        if (row !== null && row.sent_at + RESEND_MS > now)
          throw refuse('AUTH.CODE_TOO_SOON', {
            params: { seconds: Math.ceil((row.sent_at + RESEND_MS - now) / 1000) },
          });
        // Wrong tries survive a new code: otherwise asking again would reset the lock-out.
        const wrongTries = row !== null && row.locked_until === 0 ? row.wrong_tries : 0;
        await tx.run('DELETE FROM sms_codes WHERE phone_index = ?', [phoneIndex]);
        await tx.insert('sms_codes', {
          phone_index: phoneIndex,
          code_hash: hash,
          sent_at: now,
          expires_at: now + VALID_MS,
          wrong_tries: wrongTries,
          locked_until: 0,
        });
      });
    } catch (error) {
      if (violates(error, 'PRIMARY'))
        throw refuse('AUTH.CODE_TOO_SOON', { params: { seconds: RESEND_MS / 1000 } });
      throw error;
    }
  }
}

function locked(until: number, now: number): Refused {
  return refuse('AUTH.LOCKED', { params: { minutes: Math.ceil((until - now) / 60_000) } });
}

function codeHash(phoneIndex: string, code: string): string {
  return createHash('sha256').update(`${phoneIndex}|${code}`).digest('base64url');
}
