import { Inject, Injectable } from '@nestjs/common';
import { COMMAND_LINE, type Caller } from '../access/caller.ts';
import { Clock } from '../clock/clock.ts';
import type { Transaction } from '../database/index.ts';
import { Ids } from '../ids/ids.ts';

/** One write as it is remembered: who, in what role, on what, before and after. Never personal data in clear. */
export interface AuditEntry {
  /** `FEATURE.ACTION`, e.g. `STATEMENT.PUBLISHED`. */
  readonly action: string;
  readonly estateId: string | null;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Who acted: a person, or the system by itself (a deadline that came). */
export type Actor = Caller | 'SYSTEM';

/**
 * The append-only audit log 操作留痕. Written in the same transaction as the change it tells of. Where from is what the
 * session keeps: the class of device and a keyed hash of the network that signed in; `CLI` is the server's machine.
 */
@Injectable()
export class Audit {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async record(tx: Transaction, actor: Actor, entry: AuditEntry): Promise<void> {
    const person = actor === 'SYSTEM' ? null : actor;
    const roles = person === null || entry.estateId === null ? [] : person.rolesIn(entry.estateId);
    await tx.insert('audit_log', {
      id: this.ids.next(),
      at: this.clock.now(),
      // A command names the operator whose upload it is, but nobody proved to be that person.
      person_id: person === null || person.sessionId === COMMAND_LINE ? null : person.personId,
      session_id: person?.sessionId ?? null,
      roles: roles.join(','),
      action: entry.action,
      estate_id: entry.estateId,
      subject_type: entry.subjectType,
      subject_id: entry.subjectId,
      before_json: json(entry.before),
      after_json: json(entry.after),
    });
  }
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
