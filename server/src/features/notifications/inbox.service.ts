import { Inject, Injectable } from '@nestjs/common';
import type { NoticeKind } from '@linli/shared/notifications';
import { shanghaiDate } from '@linli/shared/kernel';
import { Clock } from '../../kernel/clock/clock.ts';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { DeliverMessageService } from './deliver-message.service.ts';

/** A message to some people. No personal data of others in it: it may be shown on a lock screen. */
export interface NewMessage {
  readonly to: readonly string[];
  readonly estateId: string | null;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  /** A path of the mini-app, as in its route table. */
  readonly link: string | null;
}

/** Puts messages into inboxes, in the transaction of the thing they tell of; WeChat follows through the outbox. */
@Injectable()
export class InboxService {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(DeliverMessageService) private readonly delivery: DeliverMessageService,
  ) {}

  async post(tx: Transaction, message: NewMessage): Promise<void> {
    const people = [...new Set(message.to)];
    const rows = people.map((personId) => ({
      id: this.ids.next(),
      person_id: personId,
      estate_id: message.estateId,
      kind: message.kind,
      title: message.title,
      body: message.body,
      link: message.link,
      created_at: this.clock.now(),
      read_at: null,
    }));
    await tx.insert('inbox_messages', ...rows);
    await this.delivery.queue(tx, message.kind, rows);
  }

  /** Everybody who lives in or owns a home of the estate. */
  async residentsOf(tx: Transaction, estateId: string): Promise<string[]> {
    const rows = await tx.rows<{ person_id: string }>(
      'SELECT DISTINCT r.person_id FROM residencies r WHERE r.estate_id = ? AND (r.ends_at IS NULL OR r.ends_at > ?)',
      [estateId, this.clock.now()],
    );
    return rows.map((row) => row.person_id);
  }

  /** Members in office of the estate's organisations, by role. */
  async staffOf(reader: Reader, estateId: string, roles: readonly string[]): Promise<string[]> {
    const today = shanghaiDate(this.clock.now());
    const rows = await reader.rows<{ person_id: string }>(
      `SELECT DISTINCT m.person_id FROM memberships m JOIN organisation_estates e ON e.organisation_id = m.organisation_id
       WHERE e.estate_id = ? AND (m.estate_id IS NULL OR m.estate_id = e.estate_id)
         AND m.confirmed_at IS NOT NULL AND m.starts_on <= ?
         AND (m.ends_on IS NULL OR m.ends_on >= ?) AND m.role IN (${roles.map(() => '?').join(', ')})`,
      [estateId, today, today, ...roles],
    );
    return rows.map((row) => row.person_id);
  }
}
