import { Inject, Injectable } from '@nestjs/common';
import { unitName } from '@linli/shared/estate';
import type { ReliefFile, ReliefView } from '@linli/shared/relief';
import { type Caller, RESIDENTS } from '../../kernel/access/index.ts';
import type { Reader } from '../../kernel/database/index.ts';
import { FilesService } from '../../kernel/files/index.ts';
import { BillsRepository, type StoredBill } from '../fees/index.ts';
import { PersonsRepository } from '../identity/index.ts';
import { papersOf, ReliefRepository, type ReliefBillRow, type ReliefRow } from './relief.repository.ts';

/** Applications as people see them: the household its own, community and street what they judge. Nobody else any. */
@Injectable()
export class ReliefViews {
  constructor(
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(ReliefRepository) private readonly relief: ReliefRepository,
  ) {}

  async of(reader: Reader, rows: readonly ReliefRow[]): Promise<ReliefView[]> {
    const parts = await this.relief.billsOf(
      reader,
      rows.map(({ id }) => id),
    );
    const billIds = [...new Set(parts.map((part) => part.bill_id))];
    const bills = new Map((await this.bills.byIds(reader, billIds)).map((bill) => [bill.id, bill]));
    const byApplication = Map.groupBy(parts, (part) => part.application_id);
    return rows.map((row) => toView(row, byApplication.get(row.id) ?? [], bills));
  }

  async one(reader: Reader, row: ReliefRow): Promise<ReliefView> {
    const [view] = await this.of(reader, [row]);
    if (view === undefined) throw new Error('One application has one view');
    return view;
  }

  async file(reader: Reader, caller: Caller, row: ReliefRow): Promise<ReliefFile> {
    const names = await this.persons.names(
      reader,
      [row.person_id, row.community_by, row.street_by].filter((id) => id !== null),
    );
    const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? ''));
    const papers = await this.files.refs(reader, papersOf(row));
    return {
      ...(await this.one(reader, row)),
      applicantName: nameOf(row.person_id) ?? '',
      reason: this.relief.reasonOf(row),
      photos: papers.map(({ id, url, thumbUrl }) => ({ id, url, thumbUrl: thumbUrl ?? url })),
      certificateElsewhere: await this.relief.certificateElsewhere(reader, row),
      communityName: nameOf(row.community_by),
      streetName: nameOf(row.street_by),
      steps: stepsOf(caller, row),
    };
  }
}

export function isOfHousehold(caller: Caller, row: ReliefRow): boolean {
  return caller.personId === row.person_id || caller.unitsIn(row.estate_id, RESIDENTS).includes(row.unit_id);
}

function stepsOf(caller: Caller, row: ReliefRow): ReliefFile['steps'] {
  if (isOfHousehold(caller, row)) return [];
  if (row.state === 'SUBMITTED' && caller.has(row.estate_id, ['COMMUNITY_OFFICER'])) return ['VERIFY'];
  const decides = caller.has(row.estate_id, ['STREET_OFFICER']) && row.community_by !== caller.personId;
  return row.state === 'COMMUNITY_VERIFIED' && decides ? ['DECIDE'] : [];
}

function toView(
  row: ReliefRow,
  parts: readonly ReliefBillRow[],
  bills: ReadonlyMap<string, StoredBill>,
): ReliefView {
  const funder =
    row.funder_kind === null || row.funder_name === null
      ? null
      : { kind: row.funder_kind, name: row.funder_name };
  return {
    id: row.id,
    estateId: row.estate_id,
    unitId: row.unit_id,
    unitName: unitName(row),
    kind: row.kind,
    state: row.state,
    bills: parts.flatMap((part) => {
      const bill = bills.get(part.bill_id);
      return bill === undefined ? [] : [toBillView(part, bill)];
    }),
    certificateKind: row.certificate_kind,
    wishedUntil: row.wished_until,
    percent: row.percent,
    until: row.until_day,
    funder,
    communityNote: row.community_note,
    streetNote: row.street_note,
    submittedAt: row.submitted_at,
    verifiedAt: row.community_at,
    decidedAt: row.street_at,
    appliedAt: row.applied_at,
    papers: papersOf(row).length,
    papersGoneAt: row.papers_gone_at,
  };
}

function toBillView(part: ReliefBillRow, bill: StoredBill): ReliefView['bills'][number] {
  return {
    billId: bill.id,
    month: bill.month,
    totalFen: bill.totalFen,
    openFen: bill.state === 'CANCELLED' ? 0 : bill.totalFen - bill.paidFen,
    dueOn: bill.dueOn,
    grantedFen: part.granted_fen,
    creditedFen: part.credited_fen,
  };
}
