import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import {
  deliveryFault,
  LEDGER_LABELS,
  NOTICE_LIMITS,
  type NoticedBill,
  type NoticeFilter,
  type NoticePage,
  type NoticeRow,
  noticeNumberText,
  type RecordNoticeDeliveryRequest,
} from '@linli/shared/fees';
import { shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { printPdf } from '../../../kernel/pdf/index.ts';
import { BillableUnitsRepository } from '../billable-units.repository.ts';
import { BillsRepository } from '../bills.repository.ts';
import { PayerNames } from '../payer-names.ts';
import { toNotice } from './dunning-cases.ts';
import { layOutNotice, type PrintedNotice } from './notice-layout.ts';
import {
  type NoticeRecord,
  NoticesRepository,
  type NoticeRange,
  type NumberedNotice,
} from './notices.repository.ts';

/** 催告书 at the company's desk: which there are, printed and delivered. Each goes to its own household and to no board. */
@Injectable()
export class NoticesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(PayerNames) private readonly payers: PayerNames,
    @Inject(NoticesRepository) private readonly notices: NoticesRepository,
  ) {}

  async list(
    estateId: string,
    {
      show,
      after,
      limit,
    }: { readonly show: NoticeFilter; readonly after: string | undefined; readonly limit: number },
  ): Promise<NoticePage> {
    const rows = await this.notices.page(
      this.database,
      estateId,
      placeAfter(after),
      show === 'UNDELIVERED',
      limit + 1,
    );
    const open = await this.openBills(this.database, rows);
    return toPage(
      rows,
      limit,
      (row) => `${row.for_year}.${row.notice_number}`,
      (row) => toRow(row, isSettled(row, open)),
    );
  }

  async deliver(
    caller: Caller,
    estateId: string,
    noticeId: string,
    request: RecordNoticeDeliveryRequest,
  ): Promise<NoticeRow> {
    const today = shanghaiDate(this.clock.now());
    try {
      await this.database.transaction(async (tx) => {
        const notice = await this.notices.byId(tx, estateId, noticeId);
        if (notice === null) throw refuse('NOT_FOUND');
        if (notice.method !== null) throw refuse('FEES.NOTICE_DELIVERED');
        const fault = deliveryFault(request, { issuedOn: notice.taken_on, today });
        if (fault !== null) throw refuse(fault);
        await this.notices.deliver(tx, noticeId, request, caller.personId);
        await this.audit.record(tx, caller, {
          action: 'DUNNING.NOTICE_DELIVERED',
          estateId,
          subjectType: 'DUNNING_NOTICE',
          subjectId: noticeId,
          after: { method: request.method, deliveredOn: request.deliveredOn },
        });
      });
    } catch (error) {
      if (violates(error, 'uq_dunning_deliveries_notice')) throw refuse('FEES.NOTICE_DELIVERED');
      throw error;
    }
    const notice = await this.notices.byId(this.database, estateId, noticeId);
    if (notice === null) throw refuse('NOT_FOUND');
    return toRow(notice, isSettled(notice, await this.openBills(this.database, [notice])));
  }

  /** The papers from one number to another; whoever has paid since is asked for nothing any more. */
  async print(caller: Caller, estateId: string, range: NoticeRange): Promise<Readable> {
    const max = NOTICE_LIMITS.atOnce;
    const numbered = await this.notices.numbered(this.database, estateId, range, max + 1);
    if (numbered.length > max) throw refuse('FEES.NOTICE_RANGE', { params: { max } });
    if (numbered.length === 0) throw refuse('NOT_FOUND');
    const open = await this.openBills(this.database, numbered);
    const owed = numbered.filter((notice) => !isSettled(notice, open));
    if (owed.length === 0) throw refuse('FEES.DUNNING_NOTHING_DUE');
    const papers = await this.papers(estateId, owed);
    await this.database.transaction((tx) =>
      this.audit.record(tx, caller, {
        action: 'DUNNING.NOTICES_PRINTED',
        estateId,
        subjectType: 'ESTATE',
        subjectId: estateId,
        after: { ...range, papers: papers.length },
      }),
    );
    return printPdf(`催告书 ${range.year} ${range.from}–${range.to}`, papers, layOutNotice);
  }

  private async papers(estateId: string, notices: readonly NoticeRecord[]): Promise<PrintedNotice[]> {
    const names = await this.payers.of(
      this.database,
      notices.map((notice) => notice.unit_id),
    );
    const estate = await this.database.row<{ name: string }>('SELECT name FROM estates WHERE id = ?', [
      estateId,
    ]);
    const { lateFeeBasis } = await this.units.terms(this.database, estateId);
    return notices.map((notice) => ({
      numberText: noticeNumberText(notice.for_year, notice.notice_number),
      estate: estate?.name ?? '',
      home: notice.unit_name,
      owners: names.get(notice.unit_id) ?? [],
      book: LEDGER_LABELS[notice.ledger],
      bills: JSON.parse(notice.bills) as NoticedBill[],
      amountFen: notice.amount_fen,
      lateFeeFen: notice.late_fee_fen,
      lateFeeBasis,
      issuedOn: notice.taken_on,
      respondBy: notice.respond_by,
      issuer: notice.issuer_name,
      handledBy: notice.handled_by,
    }));
  }

  /** Those bills of the notices that are open still. */
  private async openBills(reader: Reader, notices: readonly NoticeRecord[]): Promise<ReadonlySet<string>> {
    const homes = [...new Set(notices.map((notice) => notice.unit_id))];
    const open = await this.bills.openOfHomes(reader, homes);
    return new Set(open.map(({ id }) => id));
  }
}

function isSettled(notice: NoticeRecord, open: ReadonlySet<string>): boolean {
  return !(JSON.parse(notice.bill_ids) as string[]).some((id) => open.has(id));
}

function toRow(notice: NoticeRecord, settled: boolean): NoticeRow {
  const numberText = noticeNumberText(notice.for_year, notice.notice_number);
  return {
    ...(toNotice(notice) ?? { id: notice.notice_id, numberText, delivery: null }),
    year: notice.for_year,
    number: notice.notice_number,
    unitName: notice.unit_name,
    issuedOn: notice.taken_on,
    respondBy: notice.respond_by,
    amountFen: notice.amount_fen + notice.late_fee_fen,
    settled,
  };
}

/** The cursor of the list: year and number. */
function placeAfter(after: string | undefined): NumberedNotice | null {
  const match = /^(\d{4})\.(\d{1,9})$/.exec(after ?? '');
  return match === null ? null : { year: Number(match[1]), number: Number(match[2]) };
}
