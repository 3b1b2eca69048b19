import { Inject, Injectable } from '@nestjs/common';
import {
  type DecisionBody,
  type DecisionEventKind,
  type DecisionStatus,
  type FollowUpSummary,
  followUpState,
  type SpendableDecision,
  type SpendPurpose,
} from '@linli/shared/assembly';
import { type CalendarDate, shanghaiDate } from '@linli/shared/kernel';
import { Clock } from '../../../kernel/clock/clock.ts';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';

export interface FollowUpRow {
  decision_id: string;
  estate_id: string;
  body: string;
  body_name: string;
  due_on: string | null;
  first_due_on: string | null;
  expires_on: string | null;
  budget_year: number | null;
  purposes_json: string | null;
  spent_fen: number;
  finish: string | null;
  status: string;
  decision_number: string;
  title: string;
  decided_on: string;
  matter: number;
  amount_limit_fen: number | null;
  motion_id: string | null;
}

export interface EventRow {
  id: string;
  kind: string;
  event_text: string;
  file_ids: string;
  due_from: string | null;
  due_to: string | null;
  amount_fen: number | null;
  person_id: string | null;
  at: number;
}

export interface NewEvent {
  readonly decisionId: string;
  readonly estateId: string;
  readonly kind: DecisionEventKind;
  readonly text: string;
  readonly fileIds?: readonly string[];
  readonly due?: { readonly from: CalendarDate | null; readonly to: CalendarDate };
  readonly amountFen?: number;
  readonly personId: string | null;
}

const SELECT = `SELECT f.decision_id, f.estate_id, f.body, f.body_name, f.due_on, f.first_due_on, f.expires_on,
  f.budget_year, f.purposes_json, f.spent_fen, f.finish, d.status, d.decision_number, d.title, d.decided_on, d.matter,
  d.amount_limit_fen, d.motion_id FROM decision_follow_ups f JOIN decisions d ON d.id = f.decision_id`;

/** What became of decisions, as it is kept. */
@Injectable()
export class FollowUpRepository {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  byId(reader: Reader, estateId: string, decisionId: string): Promise<FollowUpRow | null> {
    return reader.row<FollowUpRow>(`${SELECT} WHERE f.estate_id = ? AND f.decision_id = ?`, [
      estateId,
      decisionId,
    ]);
  }

  byNumber(reader: Reader, estateId: string, number: string): Promise<FollowUpRow | null> {
    return reader.row<FollowUpRow>(`${SELECT} WHERE d.estate_id = ? AND d.number_taken = ?`, [
      estateId,
      number,
    ]);
  }

  /** Those in force, the newest first: as many as an estate takes in years. */
  inForce(reader: Reader, estateId: string): Promise<FollowUpRow[]> {
    return reader.rows<FollowUpRow>(
      `${SELECT} WHERE d.estate_id = ? AND d.status = 'IN_FORCE' ORDER BY d.decided_on DESC, d.id DESC LIMIT 500`,
      [estateId],
    );
  }

  async summaries(
    reader: Reader,
    decisionIds: readonly string[],
  ): Promise<ReadonlyMap<string, FollowUpSummary>> {
    if (decisionIds.length === 0) return new Map();
    const rows = await reader.rows<FollowUpRow>(
      `${SELECT} WHERE f.decision_id IN (${decisionIds.map(() => '?').join(', ')})`,
      decisionIds,
    );
    return new Map(rows.map((row) => [row.decision_id, this.summaryOf(row)]));
  }

  summaryOf(row: FollowUpRow): FollowUpSummary {
    const today = shanghaiDate(this.clock.now());
    const finish = row.finish as 'DONE' | 'STOPPED' | null;
    return {
      state: followUpState({ status: row.status as DecisionStatus, dueOn: row.due_on, finish }, today),
      body: row.body as DecisionBody,
      dueOn: row.due_on,
      spentFen: row.spent_fen,
    };
  }

  /** With the decision itself: the committee sees to it until it says otherwise. */
  async open(
    tx: Transaction,
    decision: { readonly id: string; readonly estateId: string; readonly dueOn: CalendarDate | null },
  ): Promise<void> {
    await tx.insert('decision_follow_ups', {
      decision_id: decision.id,
      estate_id: decision.estateId,
      body: 'COMMITTEE' satisfies DecisionBody,
      body_name: '业主委员会',
      due_on: decision.dueOn,
      first_due_on: decision.dueOn,
      expires_on: null,
      budget_year: null,
      purposes_json: null,
      spent_fen: 0,
      finish: null,
      finished_at: null,
    });
  }

  /** A decision from before the estate joined is to be seen to from the day on which it counts. */
  async setDue(tx: Transaction, decisionId: string, dueOn: CalendarDate): Promise<void> {
    await tx.run(
      'UPDATE decision_follow_ups SET due_on = ?, first_due_on = ? WHERE decision_id = ? AND due_on IS NULL',
      [dueOn, dueOn, decisionId],
    );
  }

  events(reader: Reader, decisionId: string): Promise<EventRow[]> {
    return reader.rows<EventRow>(
      `SELECT id, kind, event_text, file_ids, due_from, due_to, amount_fen, person_id, at FROM decision_events
       WHERE decision_id = ? ORDER BY id LIMIT 1000`,
      [decisionId],
    );
  }

  async record(tx: Transaction, event: NewEvent): Promise<void> {
    await tx.insert('decision_events', {
      id: this.ids.next(),
      decision_id: event.decisionId,
      estate_id: event.estateId,
      kind: event.kind,
      event_text: event.text,
      file_ids: JSON.stringify(event.fileIds ?? []),
      due_from: event.due?.from ?? null,
      due_to: event.due?.to ?? null,
      amount_fen: event.amountFen ?? null,
      person_id: event.personId,
      at: this.clock.now(),
    });
  }
}

export function purposesOf({ purposes_json: json }: FollowUpRow): SpendPurpose[] {
  return json === null ? [] : (JSON.parse(json) as SpendPurpose[]);
}

export function toSpendable(row: FollowUpRow): SpendableDecision {
  return {
    id: row.decision_id,
    number: row.decision_number,
    title: row.title,
    status: row.status as DecisionStatus,
    decidedOn: row.decided_on,
    expiresOn: row.expires_on,
    budgetYear: row.budget_year,
    purposes: purposesOf(row),
    amountLimitFen: row.amount_limit_fen,
    spentFen: row.spent_fen,
  };
}
