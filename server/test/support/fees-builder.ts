import { expect } from '@jest/globals';
import type {
  BillPreviewView,
  BillView,
  FeeItem,
  IssueBillsResponse,
  MyBills,
  PublishScheduleRequest,
} from '@linli/shared/fees';
import type { TestApp } from './app.ts';
import { newKey } from './assembly-builder.ts';
import type { TestPerson, TestUnit } from './estate-builder.ts';

const BASIS = '物业服务合同第八条';

export function feeItem(
  facts: Partial<FeeItem> & Pick<FeeItem, 'code' | 'name' | 'target' | 'unit'>,
): FeeItem {
  return {
    rateTenThousandthYuan: 6500,
    serviceGrade: '二级',
    basis: BASIS,
    note: '',
    ledger: 'PROPERTY_FEE',
    reference: null,
    ...facts,
  };
}

export const HOME_FEE = feeItem({
  code: 'LOW',
  name: '住宅物业费（多层）',
  target: 'HOME_MULTI_STOREY',
  unit: 'SQM_MONTH',
});
const PARKING_ON_COMMON_GROUND = feeItem({
  code: 'GROUND',
  name: '地面停车费',
  target: 'PARKING_COMMON',
  unit: 'PIECE_MONTH',
  rateTenThousandthYuan: 800_000,
  ledger: 'PUBLIC_INCOME',
});
const SHARED_UTILITIES = feeItem({
  code: 'SHARED',
  name: '公共水电费分摊',
  target: 'ALL_OWNERS',
  unit: 'SQM_SHARED',
  rateTenThousandthYuan: 0,
});
export const RUBBLE = feeItem({
  code: 'RUBBLE',
  name: '装修垃圾清运费',
  target: 'RENOVATING',
  unit: 'HOUSEHOLD_TIME',
  rateTenThousandthYuan: 3_000_000,
});

export function schedule(facts: Partial<PublishScheduleRequest> = {}): PublishScheduleRequest {
  return {
    effectiveFrom: '2026-01',
    reason: '',
    items: [HOME_FEE, PARKING_ON_COMMON_GROUND, SHARED_UTILITIES, RUBBLE],
    services: [{ area: '保洁', standard: '楼道每日清扫一次' }],
    ...facts,
  };
}

/** An estate with a company that publishes and bills, over HTTP. */
export class FeesBuilder {
  private constructor(
    readonly app: TestApp,
    readonly estateId: string,
    readonly manager: TestPerson,
    readonly clerk: TestPerson,
  ) {}

  static async start(app: TestApp, region = 'qitai'): Promise<FeesBuilder> {
    const estateId = await app.build.estate('康宁家园', region);
    const manager = await app.build.member('赵立新', 'COMPANY_MANAGER', [estateId]);
    const clerk = await app.build.member('李娜', 'COMPANY_CLERK', [estateId]);
    return new FeesBuilder(app, estateId, manager, clerk);
  }

  get base(): string {
    return `/api/estates/${this.estateId}/fees`;
  }

  home(room: string, areaCentiSqm = 8937): Promise<TestUnit> {
    return this.app.build.unit(this.estateId, room, areaCentiSqm);
  }

  async publish(facts: Partial<PublishScheduleRequest> = {}): Promise<void> {
    const answer = await this.app.post(
      `${this.base}/schedules`,
      this.manager.token,
      schedule(facts),
      newKey(),
    );
    expect(answer).toMatchObject({ status: 201 });
  }

  async preview(month = '2026-11', facts: object = {}): Promise<BillPreviewView> {
    const request = { month, utilitiesOf: null, oneOffs: [], ...facts };
    const answer = await this.app.post<BillPreviewView>(
      `${this.base}/bill-previews`,
      this.clerk.token,
      request,
    );
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  }

  async issue(month = '2026-11', facts: object = {}): Promise<IssueBillsResponse> {
    const { fingerprint } = await this.preview(month, facts);
    const request = { month, utilitiesOf: null, oneOffs: [], ...facts, fingerprint };
    const answer = await this.app.post<IssueBillsResponse>(
      `${this.base}/bill-runs`,
      this.clerk.token,
      request,
      newKey(),
    );
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  }

  async billsOf(person: TestPerson): Promise<MyBills> {
    const answer = await this.app.get<MyBills>(`/api/me/bills?estateId=${this.estateId}`, person.token);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  }

  async billOf(person: TestPerson, at = 0): Promise<BillView> {
    const bill = (await this.billsOf(person)).items[at];
    if (bill === undefined) throw new Error('there is no such bill');
    return bill;
  }
}
