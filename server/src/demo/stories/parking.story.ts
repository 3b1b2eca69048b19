import { sumStatement } from '@linli/shared/income';
import {
  addDays,
  type CalendarDate,
  DAY_MS,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  monthOf,
  previousQuarter,
  type Quarter,
  quarterEnd,
  quarterOf,
  quarterStart,
  shanghaiDate,
  startOfDay,
  timeOfDay,
} from '@linli/shared/kernel';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import { createApp } from '../../create-app.ts';
import { OnboardingService } from '../../features/estate/index.ts';
import {
  CollectionService,
  IssueBillsService,
  MyBillsService,
  ScheduleService,
} from '../../features/fees/index.ts';
import {
  DraftStatementService,
  DraftViewsService,
  KeepBooksService,
  ReviewStatementService,
} from '../../features/income/index.ts';
import { PayeesService, PayOrdersService, SettleService } from '../../features/payments/index.ts';
import { ReconcileService } from '../../features/reconciliation/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { SecondMerchant } from '../second-merchant.ts';
import type { World } from '../world.ts';

const HOLDER = '梧桐里业主委员会';
const MERCHANT = '1600000208';
/** Who parks on common ground, in the order of the roll. */
const DRIVERS = [1, 5, 6, 8, 10] as const;
/** In office when the quarter is published: one submits, the other publishes. */
const [SUBMITS, PUBLISHES] = [1, 4] as const;

/** The small estate, with its owners in the order of its roll. */
export interface ParkingPlace {
  readonly world: World;
  readonly estateId: string;
  owner(index: number): Promise<Caller>;
}

/**
 * Parking on common ground is paid by WeChat to the committee's own merchant: last quarter's payments are in the
 * statement that is published, this quarter's are in the books.
 */
export async function tellParking(place: ParkingPlace): Promise<void> {
  const { world } = place;
  const published = addDays(shanghaiDate(world.now), -5);
  const quarter = previousQuarter(quarterOf(published));
  const manager = await beginCharging(place);
  const till = await Till.open(place, timeOfDay(billedOn(quarter), 8, 0));
  try {
    await charge(place, manager, timeOfDay(billedOn(quarter), 9, 0));
    await till.pay(DRIVERS, timeOfDay(addDays(billedOn(quarter), 2), 19, 0));
    await till.compare(timeOfDay(addDays(billedOn(quarter), 4), 11, 0));
    await publish(place, quarter, published);
    const now = Math.max(
      startOfDay(quarterStart(quarterOf(shanghaiDate(world.now)))),
      world.now - 2 * HOUR_MS,
    );
    await charge(place, manager, now);
    await till.pay(DRIVERS, now + MINUTE_MS);
  } finally {
    await till.close();
  }
}

/** The fifth of the quarter's last month. */
const billedOn = (quarter: Quarter): CalendarDate => `${quarterEnd(quarter).slice(0, 8)}05`;

/** A company that bills, a charge that the owners decided, and who pays it. */
async function beginCharging(place: ParkingPlace): Promise<Caller> {
  const { world, estateId } = place;
  const began = shanghaiDate(world.now - 240 * DAY_MS);
  world.clock.set(timeOfDay(began, 9, 0));
  const onboarding = world.get(OnboardingService);
  const organisationId = await onboarding.addOrganisation('SYSTEM', {
    kind: 'COMPANY',
    name: '奇台县和顺物业服务有限公司',
    phone: '0994-7200162',
    estateIds: [estateId],
  });
  const personId = await world.signUp({ name: '韩梅', phone: '19900008154' });
  await onboarding.addMembership('SYSTEM', {
    personId,
    organisationId,
    estateId,
    role: 'COMPANY_MANAGER',
    startsOn: began,
    endsOn: addDays(shanghaiDate(world.now), 3 * 365),
    grantedBy: world.people.get('operator') ?? '',
    confirmedBy: world.people.get('bureau') ?? '',
  });
  const manager = await world.callerOf(personId);
  const item = {
    code: 'GROUND',
    name: '地面停车费',
    target: 'PARKING_COMMON',
    unit: 'PIECE_MONTH',
    rateTenThousandthYuan: 800_000,
    serviceGrade: null,
    basis: '梧桐里业主大会关于地面停车的决议',
    note: '计入公共收益',
    ledger: 'PUBLIC_INCOME',
    reference: null,
  } as const;
  const services = [{ area: '秩序', standard: '车位划线编号，每晚巡查一次。' }];
  const schedule = { effectiveFrom: monthOf(began), reason: '', items: [item], services };
  await world.get(ScheduleService).publish(manager, estateId, schedule, 'demo-wutong-schedule-1');
  for (const index of DRIVERS)
    await world.get(CollectionService).setUnit(manager, estateId, homeOf(await place.owner(index)), {
      instalment: 'MONTH',
      commonParkingSpaces: 1,
      deliveredOn: null,
    });
  return manager;
}

function homeOf(owner: Caller): string {
  const home = owner.grants.find(({ role, unitId }) => role === 'OWNER' && unitId !== null);
  if (home === undefined || home.unitId === null) throw new Error('A driver of the demo owns nothing');
  return home.unitId;
}

async function charge({ world, estateId }: ParkingPlace, manager: Caller, at: Instant): Promise<void> {
  world.clock.set(at);
  const month = monthOf(shanghaiDate(at));
  const request = { month, utilitiesOf: null, oneOffs: [] };
  const bills = world.get(IssueBillsService);
  const { fingerprint } = await bills.preview(estateId, request);
  await bills.issue(manager, estateId, { ...request, fingerprint }, `demo-wutong-bills-${month}`);
}

/** The server once more, connected to the committee's merchant: the one beside it collects property fees. */
class Till {
  private constructor(
    private readonly place: ParkingPlace,
    private readonly merchant: SecondMerchant,
    private readonly app: Awaited<ReturnType<typeof createApp>>,
  ) {}

  static async open(place: ParkingPlace, at: Instant): Promise<Till> {
    const { world, estateId } = place;
    // What comes round is planned from now on, not from then.
    world.clock.set(null);
    const environment = world.app.get<Environment>(ENVIRONMENT);
    const merchant = new SecondMerchant(MERCHANT, environment.wechat?.appId ?? 'demo');
    const app = await createApp(environment, world.database, { clock: world.clock, pay: merchant });
    world.clock.set(at);
    const payee = { ledger: 'PUBLIC_INCOME', holderName: HOLDER, mchId: MERCHANT } as const;
    await world.get(PayeesService).set('SYSTEM', estateId, payee);
    return new Till(place, merchant, app);
  }

  /** One after the other, a few minutes apart. */
  async pay(drivers: readonly number[], from: Instant): Promise<void> {
    const { world, estateId } = this.place;
    for (const [turn, index] of drivers.entries()) {
      world.clock.set(from + turn * MINUTE_MS);
      const driver = await this.place.owner(index);
      const { items } = await world.get(MyBillsService).list(driver, estateId, undefined, 20);
      const bill = items.find(({ openFen }) => openFen > 0);
      if (bill === undefined) throw new Error('A driver of the demo has nothing to pay');
      const request = { billIds: [bill.id], channel: 'H5' as const, amountFen: bill.openFen };
      const order = await this.app
        .get(PayOrdersService)
        .create(driver, request, `demo-wutong-pay-${bill.id}`);
      const report = this.merchant.pay(order, driver.personId, world.clock.now());
      await this.app.get(SettleService).settle(report);
    }
  }

  /** Beside the trade bills of the days since it opened. */
  async compare(at: Instant): Promise<void> {
    this.place.world.clock.set(at);
    await this.app.get(ReconcileService).catchUp();
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

/** One line by hand; the payments are there by themselves. */
async function publish(place: ParkingPlace, quarter: Quarter, on: CalendarDate): Promise<void> {
  const { world, estateId } = place;
  world.clock.set(timeOfDay(on, 10, 0));
  const treasurer = await place.owner(SUBMITS);
  const line = {
    dir: 'INCOME',
    category: 'RECYCLING',
    date: addDays(quarterStart(quarter), 40),
    counterparty: '奇台县再生资源回收站',
    contractNo: null,
    grossFen: 36_500,
    costFen: 0,
    netFen: 36_500,
    voucherNo: 'W-1',
    voucherIds: [],
    decisionNo: null,
    justification: null,
    note: '',
  } as const;
  await world.get(KeepBooksService).book(treasurer, estateId, { line }, 'demo-wutong-book-1');
  const drafts = world.get(DraftStatementService);
  const views = world.get(DraftViewsService);
  const id = await drafts.beginFromBooks(treasurer, estateId, quarter, 'demo-wutong-statement-1');
  const { openingFen, revision, ...begun } = await views.draft(treasurer, estateId, id);
  const lines = begun.lines.map(
    ({ index: _, categoryLabel: __, decision: ___, vouchers: ____, ...one }) => one,
  );
  const { closingFen } = sumStatement({ openingFen, lines });
  await drafts.save(treasurer, estateId, id, {
    quarter,
    openingFen,
    lines,
    closingFen,
    bankBalanceFen: closingFen,
    reconciling: [],
    accountHolder: HOLDER,
    revision,
  });
  const review = world.get(ReviewStatementService);
  await review.submit(treasurer, estateId, id, revision + 1);
  world.clock.set(timeOfDay(addDays(on, 1), 10, 0));
  await review.publish(await place.owner(PUBLISHES), estateId, id, revision + 1);
}
