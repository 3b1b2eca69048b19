import { Inject, Injectable } from '@nestjs/common';
import type { SubscriptionAnswers, SubscriptionOffer } from '@linli/shared/notifications';
import { Audit } from '../../kernel/audit/audit.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, violates, type Transaction } from '../../kernel/database/index.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { MessageTemplates } from './message-templates.ts';

/** Nobody needs more waiting; a phone that reports yes in a loop gains nothing. */
const MOST_CONSENTS = 50;

/**
 * How many subscribe messages 订阅消息 each person still allows. WeChat gives one message for each yes and tells
 * nobody how many are left, so this count is our own.
 */
@Injectable()
export class ConsentsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(MessageTemplates) private readonly templates: MessageTemplates,
  ) {}

  /** What may be asked for, and how much of it is left. */
  async offers(caller: Caller): Promise<SubscriptionOffer[]> {
    const rows = await this.database.rows<{ template_id: string; remaining: number }>(
      'SELECT template_id, remaining FROM message_consents WHERE person_id = ?',
      [caller.personId],
    );
    const left = new Map(rows.map((row) => [row.template_id, row.remaining]));
    return this.templates.all.map(([kind, { id }]) => ({
      kind,
      templateId: id,
      remaining: left.get(id) ?? 0,
    }));
  }

  /** Counts the yeses of one question, once. A ban means that WeChat will refuse whatever we send. */
  async answer(caller: Caller, { answers }: SubscriptionAnswers, key: string): Promise<SubscriptionOffer[]> {
    const known = new Set(this.templates.all.map(([, { id }]) => id));
    const action = { personId: caller.personId, key, useCase: 'messages.consent', body: answers };
    const count = () =>
      this.idempotency.once(action, async (tx) => {
        for (const { templateId, answer } of answers) {
          if (!known.has(templateId)) continue;
          if (answer === 'accept') await this.allowOne(tx, caller.personId, templateId);
          if (answer === 'ban') await this.forget(tx, caller.personId, templateId);
        }
        await this.audit.record(tx, caller, {
          action: 'MESSAGES.CONSENT',
          estateId: null,
          subjectType: 'person',
          subjectId: caller.personId,
          after: answers,
        });
      });
    // Two first yeses for one template at once: the loser counts on the winner's row.
    await count().catch((error: unknown) => {
      if (violates(error, 'uq_message_consents_template')) return count();
      throw error;
    });
    return this.offers(caller);
  }

  /** Who of these people allows a message of the template. */
  async allowing(tx: Transaction, templateId: string, personIds: readonly string[]): Promise<Set<string>> {
    const allowing = new Set<string>();
    const CHUNK = 500;
    for (let from = 0; from < personIds.length; from += CHUNK) {
      const ids = personIds.slice(from, from + CHUNK);
      const rows = await tx.rows<{ person_id: string }>(
        `SELECT person_id FROM message_consents WHERE template_id = ? AND remaining > 0
         AND person_id IN (${ids.map(() => '?').join(', ')})`,
        [templateId, ...ids],
      );
      for (const row of rows) allowing.add(row.person_id);
    }
    return allowing;
  }

  /** Uses up one consent; false where none is left. */
  async take(tx: Transaction, personId: string, templateId: string): Promise<boolean> {
    const taken = await tx.run(
      `UPDATE message_consents SET remaining = remaining - 1, updated_at = ?
       WHERE person_id = ? AND template_id = ? AND remaining > 0`,
      [this.clock.now(), personId, templateId],
    );
    return taken === 1;
  }

  /** The person took it back in WeChat's settings. */
  async forget(tx: Transaction, personId: string, templateId: string): Promise<void> {
    await tx.run(
      'UPDATE message_consents SET remaining = 0, updated_at = ? WHERE person_id = ? AND template_id = ?',
      [this.clock.now(), personId, templateId],
    );
  }

  private async allowOne(tx: Transaction, personId: string, templateId: string): Promise<void> {
    const now = this.clock.now();
    const counted = await tx.run(
      `UPDATE message_consents SET remaining = CASE WHEN remaining < ${MOST_CONSENTS} THEN remaining + 1 ELSE remaining END,
         updated_at = ? WHERE person_id = ? AND template_id = ?`,
      [now, personId, templateId],
    );
    if (counted > 0) return;
    await tx.insert('message_consents', {
      id: this.ids.next(),
      person_id: personId,
      template_id: templateId,
      remaining: 1,
      updated_at: now,
    });
  }
}
