import {
  type IncomeCategory,
  type SaveStatementRequest,
  type SpendCategory,
  type StatementLine,
  sumStatement,
} from '@linli/shared/income';
import {
  addDays,
  type CalendarDate,
  type Fen,
  type Quarter,
  quarterOf,
  shanghaiDate,
  timeOfDay,
} from '@linli/shared/kernel';
import {
  DraftStatementService,
  DraftViewsService,
  KeepBooksService,
  ReviewStatementService,
} from '../../features/income/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { FilesService } from '../../kernel/files/files.service.ts';
import type { RoleKey, World } from '../world.ts';

const HOLDER = '康宁家园业主委员会';
const MONTHLY_COST_PERCENT = 15;

/**
 * Two quarters published, the first one corrected; a correction of the second waits for the community and a second
 * member; the third waits as the treasurer's spreadsheet. The decisions that
 * all of them cite are registered by the assembly's story.
 */
export async function tellIncome(world: World): Promise<void> {
  const first = await publish(world, '2026-04-20', firstQuarter(358_000), '2026Q1');
  const mended = await correct(world, '2026-05-06', first, {
    request: firstQuarter(368_000),
    reason: '待查的 100.00 元已经查明：1 月电梯维修少记了 100.00 元，按发票 V-0106 更正为 3,680.00 元。',
    key: 'demo-income-amend-2026Q1',
  });
  await witness(world, mended);
  await review(world, '2026-05-07', mended, 'member');
  const second = await publish(world, '2026-07-18', secondQuarter('奇台县青禾园林'), '2026Q2');
  await correct(world, addDays(shanghaiDate(world.now), -1), second, {
    request: secondQuarter('奇台县青禾园林绿化有限公司'),
    reason: '4 月绿化费的收款单位原来写的是简称，按发票 V-0403 改为全称，金额不变。',
    key: 'demo-income-amend-2026Q2',
  });
  await bookThisQuarter(world);
}

/** What has come in and gone out since, booked as it happened; one line was wrong and is taken back. */
async function bookThisQuarter(world: World): Promise<void> {
  const yesterday = addDays(shanghaiDate(world.now), -1);
  // On the first day of a quarter there is nothing to book yet.
  if (quarterOf(yesterday) !== quarterOf(shanghaiDate(world.now))) return;
  await at(world, yesterday, 10, async () => {
    const treasurer = await world.caller('treasurer');
    const books = world.get(KeepBooksService);
    const book = (line: StatementLine) =>
      books.book(treasurer, world.estateId, { line }, `demo-income-book-${line.voucherNo}`);
    const scan = await upload(world, treasurer, 'V-1002.jpg');
    await book(parking(yesterday, 3_612_000, 'V-1001'));
    const printing = spent('COMMITTEE_EXPENSE', yesterday, '奇台县城东图文打印部', 26_000, 'V-1002', null);
    await book({ ...printing, voucherIds: [scan], note: '公示栏展板和选票打印' });
    const wrong = await book(
      spent('GREENING', yesterday, '奇台县青禾园林绿化有限公司', 48_000, 'V-1003', null),
    );
    const reason = '这张发票是隔壁小区的，付错了账，已经退回。';
    await books.takeBack(treasurer, world.estateId, wrong.id, { reason });
  });
}

/** The treasurer enters and submits, the chair publishes the next day. */
async function publish(
  world: World,
  on: CalendarDate,
  request: SaveStatementRequest,
  quarter: Quarter,
): Promise<string> {
  const id = await at(world, on, 15, async () => {
    const treasurer = await world.caller('treasurer');
    const proven = await withVouchers(world, treasurer, request);
    const draft = await world
      .get(DraftStatementService)
      .begin(treasurer, world.estateId, proven, `demo-income-begin-${quarter}`);
    await submit(world, treasurer, draft);
    await witness(world, draft);
    return draft;
  });
  await review(world, addDays(on, 1), id, 'chair');
  return id;
}

/** The treasurer enters the next version of what is published, and submits it. */
function correct(
  world: World,
  on: CalendarDate,
  published: string,
  { request, reason, key }: { request: SaveStatementRequest; reason: string; key: string },
): Promise<string> {
  return at(world, on, 11, async () => {
    const treasurer = await world.caller('treasurer');
    const drafts = world.get(DraftStatementService);
    const draft = await drafts.amend(treasurer, world.estateId, published, { reason }, key);
    const seen = await world.get(DraftViewsService).draft(treasurer, world.estateId, draft);
    // Only the one line is touched; the others keep their vouchers.
    const lines = request.lines.map((line, index) => ({
      ...line,
      voucherIds: [...(seen.lines[index]?.voucherIds ?? [])],
    }));
    await drafts.save(treasurer, world.estateId, draft, { ...request, lines, revision: seen.revision });
    await submit(world, treasurer, draft);
    return draft;
  });
}

async function submit(world: World, treasurer: Caller, id: string): Promise<void> {
  const { revision } = await world.get(DraftViewsService).draft(treasurer, world.estateId, id);
  await world.get(ReviewStatementService).submit(treasurer, world.estateId, id, revision);
}

async function witness(world: World, id: string): Promise<void> {
  const community = await world.caller('community');
  const { revision } = await world.get(DraftViewsService).draft(community, world.estateId, id);
  await world.get(ReviewStatementService).witness(community, world.estateId, id, revision);
}

function review(world: World, on: CalendarDate, id: string, role: RoleKey): Promise<void> {
  return at(world, on, 9, async () => {
    const caller = await world.caller(role);
    const { revision } = await world.get(DraftViewsService).draft(caller, world.estateId, id);
    await world.get(ReviewStatementService).publish(caller, world.estateId, id, revision);
  });
}

/** Every third line has its scan; the others name the voucher in the binder. */
async function withVouchers(
  world: World,
  treasurer: Caller,
  request: SaveStatementRequest,
): Promise<SaveStatementRequest> {
  const lines: StatementLine[] = [];
  for (const [index, line] of request.lines.entries())
    lines.push(
      index % 3 === 0
        ? { ...line, voucherIds: [await upload(world, treasurer, `${line.voucherNo ?? '凭证'}.jpg`)] }
        : line,
    );
  return { ...request, lines };
}

async function upload(world: World, caller: Caller, name: string): Promise<string> {
  const body = await world.photo(name.length + name.charCodeAt(name.length - 5));
  const { id } = await world.get(FilesService).keep(caller, { purpose: 'VOUCHER', name, body });
  return id;
}

/** On the day, but never before the people were in office, whenever the demo is made. */
function at<T>(world: World, on: CalendarDate, hour: number, act: () => Promise<T>): Promise<T> {
  const inOffice = addDays(shanghaiDate(world.now), -390);
  const day = on > inOffice ? on : inOffice;
  world.clock.set(timeOfDay(day, hour, 0));
  return act();
}

/** `repairFen`: 100 yuan less in the first version, which is why the bank did not agree without a word. */
function firstQuarter(repairFen: Fen): SaveStatementRequest {
  const q = '2026Q1';
  const lines = [
    parking('2026-01-31', 3_528_000, 'V-0101'),
    parking('2026-02-28', 3_492_000, 'V-0201'),
    parking('2026-03-31', 3_600_000, 'V-0301'),
    earned(
      'AD_ELEVATOR',
      '2026-01-15',
      '昌吉新潮传媒有限公司',
      'GG-2025-02',
      1_200_000,
      'V-0102',
      '业主大会2024-1-4',
    ),
    charging('2026-03-20', 310_860, 'V-0302'),
    earned('VENUE', '2026-03-05', '丰巢网络', 'KD-2025-03', 180_000, 'V-0303', '业主大会2024-1-4'),
    earned('COMPENSATION', '2026-02-11', '撞坏北门道闸的车主', null, 60_000, 'V-0202', null),
    earned('INTEREST', '2026-03-21', '奇台农商银行', null, 16_331, 'V-0304', null),
    spent('FUND_TOPUP', '2026-03-25', '奇台县住宅专项维修资金专户', 5_000_000, 'V-0305', '业主大会2025-1-1'),
    spent('REPAIR_COMMON', '2026-01-22', '奇台县顺达机电', repairFen, 'V-0106', null),
    spent('PUBLIC_WELFARE', '2026-02-12', '社区文化站', 240_000, 'V-0203', null),
    spent('COMMITTEE_EXPENSE', '2026-02-15', '业主委员会', 120_000, 'V-0204', null),
  ];
  const unexplainedFen = 368_000 - repairFen;
  const reconciling =
    unexplainedFen === 0 ? [] : [{ description: '银行少 100.00 元，正在查', amountFen: unexplainedFen }];
  return quarterContent(q, 3_100_105, lines, reconciling);
}

/** Closes at 123,456.78 yuan, where the third quarter's spreadsheet opens. */
function secondQuarter(gardener: string): SaveStatementRequest {
  const lines = [
    parking('2026-04-30', 3_612_000, 'V-0401'),
    parking('2026-05-31', 3_756_000, 'V-0501'),
    parking('2026-06-30', 3_828_000, 'V-0601'),
    earned(
      'AD_ELEVATOR',
      '2026-04-15',
      '昌吉新潮传媒有限公司',
      'GG-2025-02',
      1_200_000,
      'V-0402',
      '业主大会2024-1-4',
    ),
    charging('2026-06-20', 341_240, 'V-0602'),
    earned('VENUE', '2026-06-05', '丰巢网络', 'KD-2025-03', 180_000, 'V-0603', '业主大会2024-1-4'),
    earned('INTEREST', '2026-06-21', '奇台农商银行', null, 18_752, 'V-0604', null),
    spent('FUND_TOPUP', '2026-06-25', '奇台县住宅专项维修资金专户', 5_500_000, 'V-0605', '业主大会2025-1-1'),
    spent('GREENING', '2026-04-22', gardener, 960_000, 'V-0403', '业主大会2026-1-2'),
    spent('REPAIR_COMMON', '2026-05-18', '奇台县顺达机电', 432_000, 'V-0502', null),
    spent('COMMITTEE_EXPENSE', '2026-05-15', '业主委员会', 120_000, 'V-0503', null),
  ];
  return quarterContent('2026Q2', 8_135_210, lines, []);
}

function quarterContent(
  quarter: Quarter,
  openingFen: Fen,
  lines: readonly StatementLine[],
  reconciling: SaveStatementRequest['reconciling'],
): SaveStatementRequest {
  const { closingFen } = sumStatement({ openingFen, lines });
  return {
    quarter,
    openingFen,
    lines,
    closingFen,
    bankBalanceFen: closingFen - reconciling.reduce((sum, { amountFen }) => sum + amountFen, 0),
    reconciling,
    accountHolder: HOLDER,
    revision: 0,
  };
}

function parking(date: CalendarDate, grossFen: Fen, voucherNo: string): StatementLine {
  const costFen = (grossFen * MONTHLY_COST_PERCENT) / 100;
  const line = earned(
    'PARKING_COMMON',
    date,
    '奇台县安泊停车服务部',
    'TC-2024-01',
    grossFen,
    voucherNo,
    '业主大会2024-1-3',
  );
  return { ...line, costFen, netFen: grossFen - costFen };
}

function charging(date: CalendarDate, grossFen: Fen, voucherNo: string): StatementLine {
  const costFen = grossFen / 10;
  const line = earned(
    'CHARGING_PILE',
    date,
    '奇台县绿能充电有限公司',
    'CD-2025-01',
    grossFen,
    voucherNo,
    '业主大会2025-1-2',
  );
  return { ...line, costFen, netFen: grossFen - costFen };
}

function earned(
  category: IncomeCategory,
  date: CalendarDate,
  counterparty: string,
  contractNo: string | null,
  grossFen: Fen,
  voucherNo: string,
  decisionNo: string | null,
): Extract<StatementLine, { dir: 'INCOME' }> {
  return {
    dir: 'INCOME',
    category,
    date,
    counterparty,
    contractNo,
    grossFen,
    costFen: 0,
    netFen: grossFen,
    voucherNo,
    voucherIds: [],
    decisionNo,
    justification: null,
    note: '',
  };
}

function spent(
  category: SpendCategory,
  date: CalendarDate,
  counterparty: string,
  amountFen: Fen,
  voucherNo: string,
  decisionNo: string | null,
): StatementLine {
  return {
    dir: 'SPEND',
    category,
    date,
    counterparty,
    contractNo: null,
    amountFen,
    voucherNo,
    voucherIds: [],
    decisionNo,
    note: '',
  };
}
