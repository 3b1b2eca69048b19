import { describe, expect, it } from '@jest/globals';
import { fc } from '@fast-check/jest';
import {
  type Bill,
  type BillRun,
  type BilledMonths,
  type BillableUnit,
  type FeeItem,
  type FeeSchedule,
  type UtilityMonth,
  DEFAULT_BILLING_TERMS,
  apportion,
  areaMonthFee,
  previewBills,
  unpublishedLines,
} from '../../src/fees/index.ts';

const item = (
  change: Partial<FeeItem> & Pick<FeeItem, 'code' | 'name' | 'target' | 'unit' | 'rateTenThousandthYuan'>,
): FeeItem => ({
  serviceGrade: null,
  basis: '物业服务合同',
  note: '',
  ledger: 'PROPERTY_FEE',
  reference: null,
  ...change,
});
const LOW = item({
  code: 'LOW',
  name: '住宅物业费（多层）',
  target: 'HOME_MULTI_STOREY',
  unit: 'SQM_MONTH',
  rateTenThousandthYuan: 6500,
});
const HIGH = item({
  code: 'HIGH',
  name: '住宅物业费（高层）',
  target: 'HOME_HIGH_RISE',
  unit: 'SQM_MONTH',
  rateTenThousandthYuan: 13500,
});
const SHOP = item({
  code: 'SHOP',
  name: '商业物业费',
  target: 'SHOP',
  unit: 'SQM_MONTH',
  rateTenThousandthYuan: 22000,
});
const SPACE = item({
  code: 'SPACE',
  name: '地下车位服务费',
  target: 'PARKING_OWNED',
  unit: 'PIECE_MONTH',
  rateTenThousandthYuan: 400000,
});
const GROUND = item({
  code: 'GROUND',
  name: '地面停车费',
  target: 'PARKING_COMMON',
  unit: 'PIECE_MONTH',
  rateTenThousandthYuan: 800000,
  ledger: 'PUBLIC_INCOME',
});
const RUBBLE = item({
  code: 'RUBBLE',
  name: '装修垃圾清运费',
  target: 'RENOVATING',
  unit: 'HOUSEHOLD_TIME',
  rateTenThousandthYuan: 3000000,
});
const SHARED = item({
  code: 'SHARED',
  name: '公共水电费分摊',
  target: 'ALL_OWNERS',
  unit: 'SQM_SHARED',
  rateTenThousandthYuan: 0,
});

const SCHEDULE: FeeSchedule = {
  version: 1,
  effectiveFrom: '2026-01',
  publishedAt: 0,
  publishedBy: '康宁物业',
  reason: '',
  items: [LOW, HIGH, SHOP, SPACE, GROUND, RUBBLE, SHARED],
  services: [],
};

const unit = (unitId: string, change: Partial<BillableUnit> = {}): BillableUnit => ({
  unitId,
  unitName: unitId,
  buildingName: '1号楼',
  buildingKind: 'MULTI_STOREY',
  use: 'HOME',
  areaCentiSqm: 8937,
  status: 'DELIVERED',
  deliveredOn: null,
  instalment: 'MONTH',
  commonParkingSpaces: 0,
  ...change,
});

const run = (units: BillableUnit[], change: Partial<BillRun> = {}): BillRun => ({
  month: '2026-11',
  units,
  schedules: [SCHEDULE],
  terms: DEFAULT_BILLING_TERMS,
  utilities: null,
  utilityOptions: { includeParking: false },
  oneOffs: [],
  issued: [],
  billed: [],
  previous: [],
  ...change,
});

/** What these bills cover, as the next run is told. */
const billedBy = (bills: readonly Bill[]): BilledMonths[] =>
  bills.flatMap(({ key, unitId, lines }) =>
    lines.map(({ itemCode, scheduleVersion, months }) => ({
      unitId,
      billKey: key,
      itemCode,
      scheduleVersion,
      firstMonth: months[0] ?? '',
      lastMonth: months[months.length - 1] ?? '',
    })),
  );

const OCTOBER: UtilityMonth = {
  month: '2026-10',
  charges: [
    {
      name: '公共照明用电',
      previousCenti: 1823400,
      currentCenti: 1976100,
      usageCenti: 152700,
      priceTenThousandthYuan: 5500,
      amountFen: 83985,
      scope: { kind: 'HOMES' },
      method: 'AREA',
    },
  ],
};

describe('a month’s bills', () => {
  it('charge a home in a low building 58.09 for 89.37 ㎡, with the formula and the published item behind it', () => {
    const [bill] = previewBills(run([unit('101')])).bills;
    expect(bill).toMatchObject({
      totalFen: 5809,
      payer: 'OWNER',
      ledger: 'PROPERTY_FEE',
      dueOn: '2026-11-30',
    });
    expect(bill?.lines).toEqual([
      expect.objectContaining({
        itemCode: 'LOW',
        scheduleVersion: 1,
        formula: '89.37 ㎡ × 0.65 元 × 1 月 = 58.09 元',
        basis: '物业服务合同',
      }),
    ]);
  });

  it('charge high buildings, shops and parking spaces by their own items', () => {
    const { bills } = previewBills(
      run([
        unit('901', { buildingKind: 'HIGH_RISE' }),
        unit('S01', { use: 'SHOP', buildingKind: 'OTHER' }),
        unit('P01', { use: 'PARKING', buildingKind: 'OTHER' }),
      ]),
    );
    expect(bills.map(({ lines }) => lines.map(({ itemCode, amountFen }) => [itemCode, amountFen]))).toEqual([
      [['HIGH', 12065]],
      [['SHOP', 19661]],
      [['SPACE', 4000]],
    ]);
  });

  it('put parking on common ground on a bill of its own: another ledger', () => {
    const { bills } = previewBills(run([unit('101', { commonParkingSpaces: 2 })]));
    expect(bills.map(({ ledger, totalFen }) => [ledger, totalFen])).toEqual([
      ['PROPERTY_FEE', 5809],
      ['PUBLIC_INCOME', 16000],
    ]);
  });

  it('bill a quarter as three times the month, and nothing in its later months', () => {
    const quarterly = unit('101', { instalment: 'QUARTER' });
    const [october] = previewBills(run([quarterly], { month: '2026-10' })).bills;
    expect(october?.totalFen).toBe(17427);
    expect(october?.lines[0]?.formula).toBe('89.37 ㎡ × 0.65 元 × 3 月 = 174.27 元');
    const november = previewBills(
      run([quarterly], { billed: billedBy(october === undefined ? [] : [october]) }),
    );
    expect([november.bills, november.uncharged]).toEqual([[], []]);
  });

  it('split a quarter where the owner takes over from the developer', () => {
    const delivered = unit('101', { instalment: 'QUARTER', deliveredOn: '2026-10-20' });
    const { bills } = previewBills(run([delivered], { month: '2026-10' }));
    expect(bills.map(({ payer, totalFen, lines }) => [payer, totalFen, lines[0]?.months])).toEqual([
      ['DEVELOPER', 5809, ['2026-10']],
      ['OWNER', 11618, ['2026-11', '2026-12']],
    ]);
  });

  it('charge each month of a quarter by the version in force', () => {
    const dearer: FeeSchedule = {
      ...SCHEDULE,
      version: 2,
      effectiveFrom: '2026-12',
      reason: '业主大会2026-2-1',
      items: [{ ...LOW, rateTenThousandthYuan: 7000 }],
    };
    const { bills } = previewBills(
      run([unit('101', { instalment: 'QUARTER' })], { month: '2026-10', schedules: [SCHEDULE, dearer] }),
    );
    expect(
      bills[0]?.lines.map(({ scheduleVersion, months, amountFen }) => [
        scheduleVersion,
        months.length,
        amountFen,
      ]),
    ).toEqual([
      [1, 2, 11618],
      [2, 1, 6256],
    ]);
  });

  it('leave bills alone that were issued before', () => {
    const issued = previewBills(run([unit('101')])).bills;
    const preview = previewBills(run([unit('101'), unit('102')], { issued, billed: billedBy(issued) }));
    expect(preview.bills.map(({ unitId }) => unitId)).toEqual(['102']);
    expect(preview.skipped).toBe(1);
  });

  it('name units that no item is for', () => {
    const attic = unit('A1', { buildingKind: 'OTHER' });
    expect(previewBills(run([attic])).uncharged).toEqual([{ unitId: 'A1', unitName: 'A1' }]);
  });
});

describe('common utilities on the bills', () => {
  it('are shared by area and add up to the meter', () => {
    const { bills } = previewBills(
      run([unit('101'), unit('102', { areaCentiSqm: 12010 }), unit('103', { areaCentiSqm: 6600 })], {
        utilities: OCTOBER,
      }),
    );
    const shares = bills.map(
      ({ lines }) => lines.find(({ itemCode }) => itemCode === 'SHARED')?.amountFen ?? 0,
    );
    expect(shares).toEqual(apportion(83985, [8937, 12010, 6600]));
    expect(bills[0]?.lines[1]).toMatchObject({
      itemName: '公共水电费分摊·公共照明用电',
      months: ['2026-10'],
    });
  });

  it('leave out a share of nothing: five fen over seven homes are five lines', () => {
    const units = Array.from({ length: 7 }, (_, index) => unit(`p${index}`, { buildingKind: 'OTHER' }));
    const tiny: UtilityMonth = {
      ...OCTOBER,
      charges: OCTOBER.charges.map((charge) => Object.assign({}, charge, { amountFen: 5 })),
    };
    expect(previewBills(run(units, { utilities: tiny })).bills.map(({ totalFen }) => totalFen)).toEqual([
      1, 1, 1, 1, 1,
    ]);
  });

  it('are refused where the schedule has no item for them', () => {
    const without: FeeSchedule = { ...SCHEDULE, items: [LOW] };
    const preview = previewBills(run([unit('101')], { schedules: [without], utilities: OCTOBER }));
    expect(preview.faults).toEqual([{ code: 'FEES.UTILITY_ITEM_MISSING', about: '2026-10' }]);
  });

  it('are refused where nobody is in the scope', () => {
    const lost: UtilityMonth = {
      ...OCTOBER,
      charges: OCTOBER.charges.map((charge) => ({
        ...charge,
        scope: { kind: 'BUILDINGS', buildings: ['99号楼'] },
      })),
    };
    expect(previewBills(run([unit('101')], { utilities: lost })).faults).toEqual([
      { code: 'FEES.UTILITY_SCOPE_EMPTY', about: '公共照明用电' },
    ]);
  });
});

describe('what has no published item is not charged', () => {
  it('a deposit that nobody published', () => {
    const preview = previewBills(
      run([unit('101')], { oneOffs: [{ unitId: '101', itemCode: 'DEPOSIT', count: 1 }] }),
    );
    expect(preview.faults).toEqual([{ code: 'FEES.ITEM_NOT_PUBLISHED', about: 'DEPOSIT' }]);
    expect(preview.totalFen).toBe(5809);
  });

  it('rubble once, as published', () => {
    const [bill] = previewBills(
      run([unit('101')], { oneOffs: [{ unitId: '101', itemCode: 'RUBBLE', count: 1 }] }),
    ).bills;
    expect(bill?.lines[1]).toMatchObject({ amountFen: 30000, formula: '1 次 × 300.00 元 = 300.00 元' });
  });

  it('a monthly item is not charged once more by hand, nor to a home that does not exist', () => {
    const oneOffs = [
      { unitId: '101', itemCode: 'LOW', count: 1 },
      { unitId: '999', itemCode: 'RUBBLE', count: 1 },
    ];
    expect(previewBills(run([unit('101')], { oneOffs })).faults.map(({ code }) => code)).toEqual([
      'FEES.ITEM_NOT_ONE_OFF',
      'FEES.UNIT_UNKNOWN',
    ]);
  });

  it('a month before the first schedule', () => {
    const preview = previewBills(run([unit('101'), unit('102')], { month: '2025-12' }));
    expect(preview.faults).toEqual([{ code: 'FEES.SCHEDULE_MISSING', about: '2025-12' }]);
    expect(preview.bills).toEqual([]);
  });

  it('a line that was tampered with is found, whoever made the bill', () => {
    const lines = previewBills(run([unit('101')])).bills[0]?.lines ?? [];
    expect(unpublishedLines(lines, [SCHEDULE])).toEqual([]);
    expect(
      unpublishedLines(
        lines.map((line) => ({ ...line, itemCode: 'EXTRA' })),
        [SCHEDULE],
      ),
    ).toHaveLength(1);
    expect(
      unpublishedLines(
        lines.map((line) => ({ ...line, scheduleVersion: 9 })),
        [SCHEDULE],
      ),
    ).toHaveLength(1);
    expect(
      unpublishedLines(lines, [SCHEDULE, { ...SCHEDULE, version: 2, effectiveFrom: '2026-11' }]),
    ).toHaveLength(1);
  });
});

describe('the preview beside last month', () => {
  const october = previewBills(run([unit('101'), unit('102')], { month: '2026-10' })).bills;

  it('shows sums by item with the difference', () => {
    const { items, totalFen } = previewBills(
      run([unit('101'), unit('102'), unit('103')], { previous: october }),
    );
    expect(totalFen).toBe(17427);
    expect(items).toEqual([
      {
        itemCode: 'LOW',
        itemName: '住宅物业费（多层）',
        ledger: 'PROPERTY_FEE',
        units: 3,
        amountFen: 17427,
        previousFen: 11618,
        differenceFen: 5809,
      },
    ]);
  });

  it('names the units that changed, and why, the largest difference first', () => {
    const units = [unit('101', { areaCentiSqm: 9937 }), unit('103')];
    const { changes } = previewBills(
      run(units, { previous: october, oneOffs: [{ unitId: '103', itemCode: 'RUBBLE', count: 1 }] }),
    );
    expect(changes.map(({ unitId, previousFen, currentFen }) => [unitId, previousFen, currentFen])).toEqual([
      ['103', 0, 35809],
      ['102', 5809, 0],
      ['101', 5809, 6459],
    ]);
    expect(changes[2]?.why).toEqual([
      '住宅物业费（多层）：上月 89.37 ㎡ × 0.65 元 × 1 月 = 58.09 元；本月 99.37 ㎡ × 0.65 元 × 1 月 = 64.59 元',
    ]);
    expect(changes[1]?.why[0]).toMatch(/^不再收/);
  });

  it('says nothing where nothing changed', () => {
    expect(previewBills(run([unit('101'), unit('102')], { previous: october })).changes).toEqual([]);
  });
});

it('bills any estate so that lines, bills and sums agree to the fen', () => {
  const anyUnit = fc.record({
    areaCentiSqm: fc.integer({ min: 1, max: 50_000 }),
    use: fc.constantFrom('HOME' as const, 'SHOP' as const, 'PARKING' as const),
    buildingKind: fc.constantFrom('MULTI_STOREY' as const, 'HIGH_RISE' as const),
    commonParkingSpaces: fc.integer({ min: 0, max: 2 }),
    status: fc.constantFrom('DELIVERED' as const, 'UNSOLD' as const),
  });
  fc.assert(
    fc.property(
      fc.array(anyUnit, { maxLength: 30 }),
      fc.integer({ min: 0, max: 10_000_000 }),
      (kinds, meterFen) => {
        const units = kinds.map((kind, index) => unit(`u${index}`, kind));
        const utilities: UtilityMonth = {
          ...OCTOBER,
          charges: OCTOBER.charges.map((charge) => Object.assign({}, charge, { amountFen: meterFen })),
        };
        const preview = previewBills(run(units, { utilities }));
        const lines = preview.bills.flatMap((bill) => bill.lines);
        const total = lines.reduce((sum, line) => sum + line.amountFen, 0);
        expect(preview.totalFen).toBe(total);
        expect(preview.items.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(total);
        const shared = lines
          .filter(({ itemCode }) => itemCode === 'SHARED')
          .reduce((sum, { amountFen }) => sum + amountFen, 0);
        expect(shared).toBe(units.some(({ use }) => use === 'HOME') ? meterFen : 0);
        const low = units.filter(
          ({ use, buildingKind }) => use === 'HOME' && buildingKind === 'MULTI_STOREY',
        );
        const expected = low.reduce((sum, { areaCentiSqm }) => sum + areaMonthFee(areaCentiSqm, 6500), 0);
        expect(preview.items.find(({ itemCode }) => itemCode === 'LOW')?.amountFen ?? 0).toBe(expected);
      },
    ),
  );
});

describe('a second run in a month', () => {
  it('compares the whole month with the one before, not only what is still to be issued', () => {
    const units = [unit('101'), unit('102')];
    const previous = previewBills(run(units, { month: '2026-10' })).bills;
    const issued = previewBills(run([unit('101')])).bills;
    const preview = previewBills(run(units, { previous, issued, billed: billedBy(issued) }));
    expect(preview).toMatchObject({ totalFen: 5809, skipped: 1, changes: [] });
    expect(preview.items).toEqual([expect.objectContaining({ units: 2, differenceFen: 0 })]);
  });
});

describe('a household that changes its instalment', () => {
  const YEAR = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
  const monthsOf = (bills: readonly Bill[]) =>
    bills.flatMap(({ lines }) => lines.flatMap(({ months }) => months));
  const inMonth = (month: string, change: Partial<BillableUnit>, before: readonly Bill[], facts = {}) =>
    previewBills(run([unit('101', change)], { month, billed: billedBy(before), ...facts })).bills;

  it('from the quarter to the month is not billed again for the rest of the quarter', () => {
    const october = inMonth('2026-10', { instalment: 'QUARTER' }, []);
    expect(inMonth('2026-11', { instalment: 'MONTH' }, october)).toEqual([]);
    expect(inMonth('2026-12', { instalment: 'YEAR' }, october)).toEqual([]);
  });

  it('from the month to the year in November is billed for November and December at once', () => {
    const october = inMonth('2026-10', { instalment: 'MONTH' }, []);
    expect(monthsOf(inMonth('2026-11', { instalment: 'YEAR' }, october))).toEqual(['2026-11', '2026-12']);
  });

  it('and rents a space in the middle of its year pays the space from there on, its home not again', () => {
    const january = inMonth('2026-01', { instalment: 'YEAR' }, []);
    const november = inMonth('2026-11', { instalment: 'YEAR', commonParkingSpaces: 1 }, january);
    expect(november.map(({ ledger, totalFen }) => [ledger, totalFen])).toEqual([['PUBLIC_INCOME', 16000]]);
  });

  it('and has a bill in the middle of the year already pays what is before and after it, line by line', () => {
    const november = inMonth('2026-11', { instalment: 'MONTH' }, []);
    const [october] = inMonth('2026-10', { instalment: 'QUARTER' }, november);
    expect(october?.lines.map(({ months }) => months)).toEqual([['2026-10'], ['2026-12']]);
  });

  it('is not billed to its owner for months that the developer’s bill covers until that bill is cancelled', () => {
    const developer = inMonth('2026-10', { instalment: 'QUARTER', status: 'UNSOLD' }, []);
    const delivered = { instalment: 'QUARTER', deliveredOn: '2026-10-20' } as const;
    expect(inMonth('2026-11', delivered, developer)).toEqual([]);
    expect(monthsOf(inMonth('2026-11', delivered, []))).toEqual(['2026-11', '2026-12']);
  });

  it('is not billed again where a new version gives the same charge another code', () => {
    const january = inMonth('2026-01', { instalment: 'YEAR' }, []);
    const renamed: FeeSchedule = {
      ...SCHEDULE,
      version: 2,
      effectiveFrom: '2026-07',
      items: [{ ...LOW, code: 'LOW-2', name: '多层住宅物业服务费' }],
    };
    const schedules = [SCHEDULE, renamed];
    expect(inMonth('2026-07', { instalment: 'YEAR' }, january, { schedules })).toEqual([]);
    const added = { ...renamed, items: [LOW, { ...LOW, code: 'LIFT', name: '电梯费' }] };
    const july = inMonth('2026-07', { instalment: 'YEAR' }, january, { schedules: [SCHEDULE, added] });
    expect(july[0]?.lines.map(({ itemCode, months }) => [itemCode, months.length])).toEqual([['LIFT', 6]]);
  });

  it('however often, pays twelve months in a year to the fen, and no month twice', () => {
    const instalment = fc.constantFrom('MONTH' as const, 'QUARTER' as const, 'YEAR' as const);
    const year = fc.array(fc.record({ instalment, runsTwice: fc.boolean(), switchesBetween: instalment }), {
      minLength: 12,
      maxLength: 12,
    });
    const area = fc.integer({ min: 1, max: 50_000 });
    fc.assert(
      fc.property(year, area, fc.integer({ min: 0, max: 2 }), (months, areaCentiSqm, commonParkingSpaces) => {
        const issued: Bill[] = [];
        const issue = (month: string, how: BillableUnit['instalment']) => {
          const home = unit('101', { instalment: how, areaCentiSqm, commonParkingSpaces });
          const ofMonth = issued.filter((bill) => bill.month === month);
          const facts = { month, issued: ofMonth, billed: billedBy(issued) };
          issued.push(...previewBills(run([home], facts)).bills);
        };
        months.forEach((step, index) => {
          const month = YEAR[index] ?? '';
          issue(month, step.instalment);
          if (step.runsTwice) issue(month, step.switchesBetween);
        });
        for (const ledger of ['PROPERTY_FEE', 'PUBLIC_INCOME'] as const) {
          const bills = issued.filter((bill) => bill.ledger === ledger);
          const charged = ledger === 'PROPERTY_FEE' || commonParkingSpaces > 0;
          expect(monthsOf(bills).sort()).toEqual(charged ? YEAR : []);
          const monthFen =
            ledger === 'PROPERTY_FEE' ? areaMonthFee(areaCentiSqm, 6500) : commonParkingSpaces * 8000;
          expect(bills.reduce((sum, { totalFen }) => sum + totalFen, 0)).toBe(12 * monthFen);
        }
      }),
    );
  });
});
