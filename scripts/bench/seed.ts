import type { KeyObject } from 'node:crypto';
import { seal, tokenHash, tokenOf } from './crypto.ts';
import { ASSEMBLY, ESTATE, MOTIONS, principalOf, rowId, STATEMENT } from './ids.ts';

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;

/** Takes rows of one table; every row names the same columns. */
export interface Sink {
  insert(table: string, rows: readonly Row[]): Promise<void>;
}

const DAY_MS = 86_400_000;
const CHUNK = 1_000;
const UNITS_PER_BUILDING = 200;
const BILL_MONTHS = ['2026-08', '2026-09', '2026-10'] as const;
const AREA_CENTI_SQM = 9_000;
const STAFF = { preparer: rowId('W', 1), reviewer: rowId('W', 2) } as const;
const QUARTERS = ['2025Q4', '2026Q1', '2026Q2', '2026Q3'] as const;
const VOUCHERS = 12;

/** One estate with everything that the operations read: each home has one owner, who has signed in. */
export async function seedEstate(sink: Sink, units: number, fieldKey: KeyObject): Promise<void> {
  const now = Date.now();
  await seedFrame(sink, units, now, fieldKey);
  await seedStatements(sink, now);
  await seedOffices(sink, now);
  await seedNotices(sink, now);
  for (let from = 0; from < units; from += CHUNK) {
    const owners = Array.from({ length: Math.min(CHUNK, units - from) }, (_, index) => from + index);
    await seedUnits(sink, owners, now);
    await seedOwners(sink, owners, now, fieldKey);
    await seedInboxes(sink, owners, now);
    await seedBills(sink, owners, now);
    await seedRoll(sink, owners);
  }
}

const buildingOf = (owner: number) => Math.floor(owner / UNITS_PER_BUILDING) + 1;
const unitNameOf = (owner: number) => `${buildingOf(owner)}号楼 1单元 ${(owner % UNITS_PER_BUILDING) + 101}`;

async function seedFrame(sink: Sink, units: number, now: number, fieldKey: KeyObject): Promise<void> {
  await sink.insert('estates', [
    {
      id: ESTATE,
      name: '康宁家园',
      region_code: 'CN-110000',
      address: '样本路 1 号',
      spend_vote_threshold_fen: null,
      roll_version: 1,
      created_at: now,
    },
  ]);
  const buildings = Array.from({ length: buildingOf(units - 1) }, (_, index) => index + 1);
  await sink.insert(
    'buildings',
    buildings.map((number) => ({
      id: rowId('B', number),
      estate_id: ESTATE,
      name: `${number}号楼`,
      sort_order: number,
      kind: 'HIGH_RISE',
      storeys: 20,
    })),
  );
  await sink.insert(
    'persons',
    Object.values(STAFF).map((id) => person(id, '王见证', now, fieldKey)),
  );
  await sink.insert('billing_terms', [
    {
      estate_id: ESTATE,
      due_day: 10,
      grace_days: 15,
      late_fee_ppm_per_day: 0,
      late_fee_basis: null,
      allocation: 'PRINCIPAL_FIRST',
      updated_at: now,
    },
  ]);
  await seedSchedule(sink, now);
  await seedAssembly(sink, now);
}

const FEE_ITEMS = [
  { id: rowId('F', 1), code: 'PROPERTY', name: '物业服务费', rate: 24_000, amount: 21_600 },
  { id: rowId('F', 2), code: 'WASTE', name: '生活垃圾清运费', rate: 25_000, amount: 250 },
] as const;

async function seedSchedule(sink: Sink, now: number): Promise<void> {
  const schedule = { id: rowId('X', 1), estate_id: ESTATE, version: 1 };
  await sink.insert('fee_schedules', [
    {
      ...schedule,
      effective_from: '2026-01',
      reason: '',
      services_json: '[]',
      published_by: STAFF.preparer,
      published_label: '物业公司',
      published_at: now,
    },
  ]);
  await sink.insert(
    'fee_items',
    FEE_ITEMS.map(({ id, code, name, rate }, index) => ({
      id,
      schedule_id: schedule.id,
      estate_id: ESTATE,
      version: 1,
      sort_order: index,
      code,
      name,
      target: 'HOME_MULTI_STOREY',
      unit: 'SQM_MONTH',
      rate_ten_thousandth_yuan: rate,
      service_grade: null,
      basis: '前期物业服务合同第 12 条',
      note: '',
      ledger: 'PROPERTY_FEE',
      reference_rate: null,
      reference_source: null,
    })),
  );
  await sink.insert(
    'bill_runs',
    BILL_MONTHS.map((month, index) => ({
      id: rowId('R', index + 1),
      estate_id: ESTATE,
      month,
      utilities_of: null,
      one_offs_json: '[]',
      fingerprint: `bench ${month}`,
      bills: 0,
      total_fen: 0,
      issued_by: STAFF.preparer,
      issued_at: now,
    })),
  );
}

async function seedAssembly(sink: Sink, now: number): Promise<void> {
  await sink.insert('assemblies', [
    {
      id: ASSEMBLY,
      estate_id: ESTATE,
      state: 'NOTICED',
      meeting_year: 2026,
      meeting_of_year: 1,
      title: '2026 年第一次业主大会会议',
      summary: '',
      convener: '业主委员会',
      ballot_mode: 'NATIVE',
      opens_at: now - DAY_MS,
      closes_at: now + 30 * DAY_MS,
      noticed_on: '2026-01-01',
      version: 1,
      created_by: STAFF.preparer,
      created_at: now,
    },
  ]);
  await sink.insert('ballot_logs', [
    { id: ASSEMBLY, estate_id: ESTATE, origin: `bench/assemblies/${ASSEMBLY}`, created_at: now },
  ]);
  await sink.insert(
    'assembly_motions',
    MOTIONS.map((id, index) => ({
      id,
      assembly_id: ASSEMBLY,
      estate_id: ESTATE,
      position: index + 1,
      matter: 4,
      vote_class: 'ORDINARY',
      title: '选聘物业服务企业',
      motion_text: '同意选聘。',
      scope_json: '{"kind":"ESTATE"}',
      state: 'ON_AGENDA',
    })),
  );
}

async function seedStatements(sink: Sink, now: number): Promise<void> {
  const files = Array.from({ length: VOUCHERS }, (_, index) => rowId('V', index + 1));
  await sink.insert(
    'files',
    files.map((id) => ({
      id,
      estate_id: ESTATE,
      uploader_id: STAFF.preparer,
      purpose: 'VOUCHER',
      original_name: '凭证.jpg',
      mime: 'image/jpeg',
      bytes: 120_000,
      width: 1200,
      height: 1600,
      sha256: tokenHash(id),
      storage_key: id,
      attached: 1,
      created_at: now,
    })),
  );
  const content = JSON.stringify({ lines: files.map(statementLine), reconciling: [] });
  await sink.insert(
    'income_statements',
    QUARTERS.map((quarter, index) => ({
      id: index === QUARTERS.length - 1 ? STATEMENT : rowId('S', index + 1),
      estate_id: ESTATE,
      quarter,
      version: 1,
      state: 'PUBLISHED',
      revision: 1,
      opening_fen: 1_000_000,
      income_net_fen: 900_000,
      spend_fen: 900_000,
      closing_fen: 1_000_000,
      account_holder: '业主委员会',
      content_json: content,
      decisions_json: '[]',
      reason: '',
      prepared_by: STAFF.preparer,
      submitted_by: STAFF.preparer,
      submitted_at: now,
      reviewed_by: STAFF.reviewer,
      published_at: now,
      hash: 'a'.repeat(64),
      chain_no: index + 1,
      published_version: 1,
      current_key: quarter,
      created_at: now,
      updated_at: now,
    })),
  );
}

function statementLine(voucherId: string, index: number) {
  const common = {
    date: '2026-09-01',
    counterparty: '样本广告有限公司',
    contractNo: `HT-${index + 1}`,
    voucherNo: `记-${index + 1}`,
    voucherIds: [voucherId],
    decisionNo: null,
    note: '',
  };
  if (index % 2 === 1) return { ...common, dir: 'SPEND', category: 'REPAIR_COMMON', amountFen: 150_000 };
  const income = { grossFen: 160_000, costFen: 10_000, netFen: 150_000, justification: null };
  return { ...common, ...income, dir: 'INCOME', category: 'PARKING_COMMON' };
}

/** Whoever hears of a complaint: one person in each office that serves the estate. */
const OFFICES = [
  { kind: 'COMPANY', role: 'COMPANY_MANAGER', name: '康宁物业' },
  { kind: 'COMMUNITY', role: 'COMMUNITY_OFFICER', name: '康宁社区居委会' },
  { kind: 'STREET', role: 'STREET_OFFICER', name: '样本街道办事处' },
] as const;
const officeOf = (index: number) => rowId('O', index + 1);

async function seedOffices(sink: Sink, now: number): Promise<void> {
  await sink.insert(
    'organisations',
    OFFICES.map(({ kind, name }, index) => ({
      id: officeOf(index),
      kind,
      name,
      phone: '0000-0000000',
      created_at: now,
    })),
  );
  await sink.insert(
    'organisation_estates',
    OFFICES.map((_, index) => ({ organisation_id: officeOf(index), estate_id: ESTATE })),
  );
  await sink.insert(
    'memberships',
    OFFICES.map(({ role }, index) => ({
      id: rowId('G', index + 1),
      person_id: STAFF.preparer,
      organisation_id: officeOf(index),
      role,
      estate_id: ESTATE,
      reach_key: ESTATE,
      starts_on: '2026-01-01',
      ends_on: null,
      confirmed_by: STAFF.reviewer,
      confirmed_at: now,
      created_at: now,
    })),
  );
}

const NOTICES = 10;

/** What the first screen shows beside bills and votes. */
async function seedNotices(sink: Sink, now: number): Promise<void> {
  const numbers = Array.from({ length: NOTICES }, (_, index) => index + 1);
  await sink.insert(
    'notices',
    numbers.map((number) => ({
      id: rowId('Q', number),
      estate_id: ESTATE,
      root_id: rowId('Q', number),
      version: 1,
      kind: 'SAFETY',
      title: `第 ${number} 号通知：电梯年检`,
      body: '本周六上午 1 号楼电梯年检，停用两小时。',
      file_ids_json: '[]',
      state: 'PUBLISHED',
      listed: 1,
      reason: '',
      pinned_until: null,
      organisation_id: officeOf(0),
      publisher_name: '康宁物业',
      published_by: STAFF.preparer,
      published_at: now,
    })),
  );
}

const person = (id: string, name: string, now: number, fieldKey: KeyObject): Row => ({
  id,
  name_sealed: seal(fieldKey, name, { table: 'persons', column: 'name_sealed', rowId: id }),
  created_at: now,
});

async function seedUnits(sink: Sink, owners: readonly number[], now: number): Promise<void> {
  await sink.insert(
    'units',
    owners.map((owner) => ({
      id: rowId('T', owner),
      estate_id: ESTATE,
      building_id: rowId('B', buildingOf(owner)),
      unit_key: unitNameOf(owner),
      entrance: '1单元',
      room: String((owner % UNITS_PER_BUILDING) + 101),
      sort_order: owner,
      unit_use: 'HOME',
      area_centi_sqm: AREA_CENTI_SQM,
      area_source: 'REGISTER',
      status: 'DELIVERED',
      principal_key: tokenHash(String(owner)),
      active: 1,
      updated_at: now,
    })),
  );
}

/** Each home has an owner who lives there and has signed in. */
async function seedOwners(
  sink: Sink,
  owners: readonly number[],
  now: number,
  fieldKey: KeyObject,
): Promise<void> {
  const unit = (owner: number) => ({ unit_id: rowId('T', owner), estate_id: ESTATE });
  await sink.insert(
    'persons',
    owners.map((owner) => person(rowId('P', owner), `业主${owner}`, now, fieldKey)),
  );
  await sink.insert(
    'owners',
    owners.map((owner) => ({
      id: rowId('N', owner),
      estate_id: ESTATE,
      name_sealed: 'k1.',
      identity_index: tokenHash(`owner ${owner}`),
      person_id: rowId('P', owner),
      created_at: now,
    })),
  );
  await sink.insert(
    'ownerships',
    owners.map((owner) => ({ ...unit(owner), owner_id: rowId('N', owner), position: 0 })),
  );
  await sink.insert(
    'residencies',
    owners.map((owner) => ({
      id: rowId('D', owner),
      ...unit(owner),
      person_id: rowId('P', owner),
      kind: 'OWNER',
      starts_at: 0,
    })),
  );
  await sink.insert(
    'sessions',
    owners.map((owner) => ({
      id: rowId('K', owner),
      person_id: rowId('P', owner),
      token_hash: tokenHash(tokenOf(owner)),
      device: 'bench',
      created_at: now,
      last_seen_at: now,
      expires_at: now + 90 * DAY_MS,
    })),
  );
}

/** Two messages each; the first has been read. */
async function seedInboxes(sink: Sink, owners: readonly number[], now: number): Promise<void> {
  const messages = owners.flatMap((owner) => [0, 1].map((index) => ({ owner, index })));
  await sink.insert(
    'inbox_messages',
    messages.map(({ owner, index }) => ({
      id: rowId(`L${index}`, owner),
      person_id: rowId('P', owner),
      estate_id: ESTATE,
      kind: 'BILL',
      title: '新账单',
      body: '10 月的账单出来了。',
      link: null,
      created_at: now,
      read_at: index === 0 ? now : null,
    })),
  );
}

async function seedBills(sink: Sink, owners: readonly number[], now: number): Promise<void> {
  const bills = owners.flatMap((owner) =>
    BILL_MONTHS.map((month, index) => ({ owner, month, index, id: rowId(`C${index}`, owner) })),
  );
  await sink.insert(
    'bills',
    bills.map(({ owner, month, index, id }) => ({
      id,
      estate_id: ESTATE,
      unit_id: rowId('T', owner),
      run_id: rowId('R', index + 1),
      bill_key: `${rowId('T', owner)}:${month}:OWNER:PROPERTY_FEE`,
      unit_name: unitNameOf(owner),
      unit_order: owner,
      month,
      payer: 'OWNER',
      ledger: 'PROPERTY_FEE',
      due_on: `${month}-10`,
      total_fen: 21_850,
      // The oldest has been paid.
      paid_fen: index === 0 ? 21_850 : 0,
      late_fee_paid_fen: 0,
      reduced_fen: 0,
      deferred_from: null,
      deferred_until: null,
      state: index === 0 ? 'PAID' : 'ISSUED',
      issued_at: now,
    })),
  );
  await sink.insert(
    'bill_lines',
    bills.flatMap(({ month, id }) =>
      FEE_ITEMS.map((item, line) => ({
        bill_id: id,
        line_no: line,
        item_id: item.id,
        item_code: item.code,
        item_name: item.name,
        schedule_version: 1,
        first_month: month,
        last_month: month,
        rate_ten_thousandth_yuan: item.rate,
        amount_fen: item.amount,
        formula: '90.00 ㎡ × 2.40 元 × 1 个月',
        basis: '前期物业服务合同第 12 条',
      })),
    ),
  );
}

async function seedRoll(sink: Sink, owners: readonly number[]): Promise<void> {
  const listed = (owner: number) => ({
    assembly_id: ASSEMBLY,
    unit_id: rowId('T', owner),
    principal_id: principalOf(owner),
  });
  await sink.insert(
    'assembly_principals',
    owners.map((owner) => ({
      id: principalOf(owner),
      assembly_id: ASSEMBLY,
      principal_hash: tokenHash(`principal ${owner}`),
      kind: 'OWNERS',
      area_centi_sqm: AREA_CENTI_SQM,
      heads: 1,
      log_tag: tokenHash(`tag ${owner}`).slice(0, 22),
    })),
  );
  await sink.insert(
    'assembly_roll_units',
    owners.map((owner) => ({
      ...listed(owner),
      label: unitNameOf(owner),
      sort_order: owner,
      unit_use: 'HOME',
      status: 'DELIVERED',
      building: `${buildingOf(owner)}号楼`,
      area_centi_sqm: AREA_CENTI_SQM,
      area_source: 'REGISTER',
      counted: 1,
    })),
  );
  await sink.insert(
    'assembly_roll_owners',
    owners.map((owner) => ({ ...listed(owner), owner_id: rowId('N', owner) })),
  );
}
