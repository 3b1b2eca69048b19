import { Inject, Injectable } from '@nestjs/common';
import type {
  Ledger,
  NoticeDelivery,
  NoticedBill,
  NoticeFilter,
  RecordNoticeDeliveryRequest,
} from '@linli/shared/fees';
import { type CalendarDate, shanghaiDate } from '@linli/shared/kernel';
import { Clock } from '../../../kernel/clock/clock.ts';
import type { Reader, SqlValue, Transaction } from '../../../kernel/database/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';

export interface NumberedNotice {
  readonly year: number;
  readonly number: number;
}

export interface NoticeRange {
  readonly year: number;
  readonly from: number;
  readonly to: number;
  readonly show: NoticeFilter;
}

export interface NewNotice {
  readonly stepId: string;
  readonly estateId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly ledger: Ledger;
  readonly issuerName: string;
  readonly bills: readonly NoticedBill[];
}

export interface NoticeRecord {
  notice_id: string;
  unit_id: string;
  unit_name: string;
  ledger: Ledger;
  for_year: number;
  notice_number: number;
  issuer_name: string;
  bills: string;
  /** Of the step: what was asked for and until when. */
  bill_ids: string;
  taken_on: CalendarDate;
  respond_by: CalendarDate;
  amount_fen: number;
  late_fee_fen: number;
  handled_by: string;
  method: NoticeDelivery | null;
  delivered_on: CalendarDate | null;
  delivery_note: string | null;
}

const NOTICES = `SELECT n.id AS notice_id, n.unit_id, n.unit_name, n.ledger, n.for_year, n.notice_number, n.issuer_name, n.bills,
    s.bill_ids, s.taken_on, s.respond_by, s.amount_fen, s.late_fee_fen, s.handled_by,
    d.method, d.delivered_on, d.note AS delivery_note
  FROM dunning_notices n JOIN dunning_steps s ON s.id = n.step_id LEFT JOIN dunning_deliveries d ON d.notice_id = n.id`;

/** 催告书 of an estate, by their numbers. */
@Injectable()
export class NoticesRepository {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Two at once may take the same number; `uq_dunning_notices_number` lets one of them through. */
  async add(tx: Transaction, notice: NewNotice): Promise<NumberedNotice> {
    const year = Number(shanghaiDate(this.clock.now()).slice(0, 4));
    const last = await tx.row<{ number: number | null }>(
      'SELECT MAX(notice_number) AS number FROM dunning_notices WHERE estate_id = ? AND for_year = ?',
      [notice.estateId, year],
    );
    const number = Number(last?.number ?? 0) + 1;
    await tx.insert('dunning_notices', {
      id: this.ids.next(),
      step_id: notice.stepId,
      estate_id: notice.estateId,
      unit_id: notice.unitId,
      unit_name: notice.unitName,
      ledger: notice.ledger,
      for_year: year,
      notice_number: number,
      issuer_name: notice.issuerName,
      bills: JSON.stringify(notice.bills),
    });
    return { year, number };
  }

  /** The newest first; `after` is the last one seen. */
  page(
    reader: Reader,
    estateId: string,
    after: NumberedNotice | null,
    undelivered: boolean,
    limit: number,
  ): Promise<NoticeRecord[]> {
    const where = ['n.estate_id = ?'];
    const values: SqlValue[] = [estateId];
    if (after !== null) {
      where.push('(n.for_year < ? OR (n.for_year = ? AND n.notice_number < ?))');
      values.push(after.year, after.year, after.number);
    }
    if (undelivered) where.push('d.notice_id IS NULL');
    return reader.rows<NoticeRecord>(
      `${NOTICES} WHERE ${where.join(' AND ')} ORDER BY n.for_year DESC, n.notice_number DESC LIMIT ${limit}`,
      values,
    );
  }

  numbered(
    reader: Reader,
    estateId: string,
    { year, from, to, show }: NoticeRange,
    limit: number,
  ): Promise<NoticeRecord[]> {
    const undelivered = show === 'UNDELIVERED' ? ' AND d.notice_id IS NULL' : '';
    return reader.rows<NoticeRecord>(
      `${NOTICES} WHERE n.estate_id = ? AND n.for_year = ? AND n.notice_number BETWEEN ? AND ?${undelivered}
       ORDER BY n.notice_number LIMIT ${limit}`,
      [estateId, year, from, to],
    );
  }

  byId(reader: Reader, estateId: string, id: string): Promise<NoticeRecord | null> {
    return reader.row<NoticeRecord>(`${NOTICES} WHERE n.estate_id = ? AND n.id = ?`, [estateId, id]);
  }

  async deliver(
    tx: Transaction,
    noticeId: string,
    { method, deliveredOn, note }: RecordNoticeDeliveryRequest,
    recordedBy: string,
  ): Promise<void> {
    await tx.insert('dunning_deliveries', {
      id: this.ids.next(),
      notice_id: noticeId,
      method,
      delivered_on: deliveredOn,
      note,
      recorded_by: recordedBy,
      recorded_at: this.clock.now(),
    });
  }
}
