import type { CalendarDate, Fen, Month, TenThousandthYuan } from '../kernel/index.ts';
import type { SheetFault, SheetIgnored } from '../sheet/index.ts';
import type { BillLine } from './bill.ts';
import type { BillChange, ItemTotal } from './bill-totals.ts';
import type { BillRunFault, OneOffCharge } from './bill-run.ts';
import type { Ledger } from './ledger.ts';
import type { BillingTerms, Instalment, PayerKind } from './periods.ts';
import type { FeeItem, ScheduleChange, ServiceStandard } from './schedule.ts';
import type { BillState, PaymentState, ReceiptState } from './status.ts';
import type { UtilityCharge } from './utilities.ts';

// --- fee schedule 收费公示: GET /api/estates/:estateId/fees/schedule · …/schedules/:version ---------------------------

export interface FeeScheduleView {
  readonly version: number;
  readonly effectiveFrom: Month;
  readonly publishedAt: number;
  /** 康宁物业 项目经理 王*. */
  readonly publishedBy: string;
  readonly reason: string;
  readonly items: readonly FeeItemView[];
  readonly services: readonly ServiceStandard[];
  readonly versions: readonly FeeScheduleVersion[];
}
export interface FeeItemView extends FeeItem {
  readonly targetLabel: string;
  readonly unitLabel: string;
  readonly ledgerLabel: string;
  readonly rateText: string;
  readonly aboveReference: TenThousandthYuan | null;
}
export interface FeeScheduleVersion {
  readonly version: number;
  readonly effectiveFrom: Month;
  readonly publishedAt: number;
  readonly reason: string;
}
/** GET …/schedules/:version/changes: beside the version before. */
export interface ScheduleChangesView {
  readonly changes: readonly ScheduleChange[];
}

/** POST …/fees/schedule-checks (multipart, a spreadsheet): what would be published; nothing is stored. */
export interface FeeSheetCheck {
  readonly items: readonly FeeItem[] | null;
  readonly rows: number;
  readonly faults: readonly SheetFault[];
  readonly ignored: readonly SheetIgnored[];
  readonly changes: readonly ScheduleChange[];
}
/** POST …/fees/schedules (Idempotency-Key): publishes the next version. */
export interface PublishScheduleRequest {
  readonly effectiveFrom: Month;
  /** Empty only for the first version. */
  readonly reason: string;
  readonly items: readonly FeeItem[];
  readonly services: readonly ServiceStandard[];
}
export interface PublishScheduleResponse {
  readonly version: number;
}

// --- common utilities 公共水电: GET …/fees/utilities?month= ----------------------------------------------------------

export interface UtilityMonthView {
  readonly month: Month;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly charges: readonly UtilityChargeView[];
  readonly totalFen: Fen;
  /** The caller's own homes; empty for staff. */
  readonly mine: readonly {
    readonly unitName: string;
    readonly amountFen: Fen;
    readonly lines: readonly string[];
  }[];
  readonly months: readonly Month[];
}
export interface UtilityChargeView extends UtilityCharge {
  readonly scopeText: string;
  readonly methodLabel: string;
  /** 19,761 − 18,234 = 1,527，× 0.55 元 = 839.85 元 */
  readonly formula: string;
}
/** POST …/fees/utility-checks (multipart) */
export interface UtilitySheetCheck {
  readonly month: Month | null;
  readonly charges: readonly UtilityCharge[] | null;
  readonly rows: number;
  readonly faults: readonly SheetFault[];
  readonly ignored: readonly SheetIgnored[];
}
/** POST …/fees/utilities (Idempotency-Key) */
export interface PublishUtilitiesRequest {
  readonly month: Month;
  readonly charges: readonly UtilityCharge[];
}

// --- issuing bills 出账 ----------------------------------------------------------------------------------------------

/** POST …/fees/bill-previews */
export interface BillPreviewRequest {
  readonly month: Month;
  /** The month whose utilities go onto these bills; null for none. */
  readonly utilitiesOf: Month | null;
  readonly oneOffs: readonly OneOffCharge[];
}
export interface BillPreviewView {
  readonly month: Month;
  readonly bills: number;
  readonly totalFen: Fen;
  readonly byLedger: readonly { readonly ledger: Ledger; readonly bills: number; readonly amountFen: Fen }[];
  readonly items: readonly ItemTotal[];
  /** The largest differences from last month; `changedUnits` counts them all. */
  readonly changes: readonly BillChange[];
  readonly changedUnits: number;
  readonly faults: readonly BillRunFault[];
  readonly uncharged: readonly { readonly unitId: string; readonly unitName: string }[];
  readonly skipped: number;
  /** Names exactly this preview: issuing refuses another (FEES.BILLS_CHANGED). */
  readonly fingerprint: string;
}
/** POST …/fees/bill-runs (Idempotency-Key) */
export interface IssueBillsRequest extends BillPreviewRequest {
  readonly fingerprint: string;
}
export interface IssueBillsResponse {
  readonly runId: string;
  readonly bills: number;
  readonly totalFen: Fen;
}

/** GET …/fees/collection?month=: who has paid 缴费情况. Names masked. */
export interface CollectionView {
  readonly month: Month;
  readonly issuedFen: Fen;
  readonly paidFen: Fen;
  /** 减免 of the month's bills. */
  readonly reducedFen: Fen;
  readonly bills: number;
  readonly paidBills: number;
  readonly items: readonly CollectionRow[];
  readonly next: string | null;
}
export interface CollectionRow {
  readonly billId: string;
  readonly unitName: string;
  readonly payerName: string;
  readonly ledger: Ledger;
  readonly totalFen: Fen;
  readonly openFen: Fen;
  readonly state: BillState;
  readonly dueOn: CalendarDate;
  /** 减免 in the books; it is neither open nor paid. */
  readonly reducedFen: Fen;
  /** 缓缴 until then; null where it is not deferred. */
  readonly deferredUntil: CalendarDate | null;
  readonly overdueDays: number;
}
/** GET …/fees/bills/:id: one bill with its lines, for the company. Names masked. */
export interface CollectionBill extends CollectionRow {
  readonly month: Month;
  readonly ledgerLabel: string;
  readonly lines: readonly BillLine[];
  readonly cancelReason: string | null;
  /** 减免 that were granted: how much and borne by whom; why is between the household, the community and the street. */
  readonly credits: readonly {
    readonly amountFen: Fen;
    readonly funder: string;
    readonly creditedAt: number;
  }[];
}
/** GET …/fees/units/:unitId/billing: how one home is billed now. */
export interface UnitBilling extends UnitBillingRequest {
  readonly unitName: string;
}
/** PUT …/fees/units/:unitId/billing: the company's manager sets it at the household's wish. */
export interface UnitBillingRequest {
  readonly instalment: Instalment;
  readonly commonParkingSpaces: number;
  /** Null where the day is not recorded: a delivered unit is then the owner's. */
  readonly deliveredOn: CalendarDate | null;
}
/** GET …/fees/units/:unitId/instalment: how the owner's own home pays, and how it may. */
export interface MyInstalment {
  readonly unitName: string;
  readonly instalment: Instalment;
  readonly offered: readonly Instalment[];
}
/** PUT …/fees/units/:unitId/instalment: the owner's choice, from the first month that is not billed yet. */
export interface InstalmentRequest {
  readonly instalment: Instalment;
}
/** GET|PUT …/fees/terms: due day, grace and late fee, as the service contract has them. */
export type BillingTermsView = BillingTerms;
/** POST …/fees/bills/:id/cancel */
export interface CancelBillRequest {
  readonly reason: string;
}

// --- a resident's bills 缴费: GET /api/me/bills?estateId= -------------------------------------------------------------

export interface MyBills {
  readonly openFen: Fen;
  readonly overdueFen: Fen;
  readonly items: readonly BillView[];
  readonly next: string | null;
}
export interface BillView {
  readonly id: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly month: Month;
  readonly payer: PayerKind;
  readonly ledger: Ledger;
  readonly ledgerLabel: string;
  readonly state: BillState;
  readonly dueOn: CalendarDate;
  readonly overdueDays: number;
  readonly totalFen: Fen;
  readonly openFen: Fen;
  readonly lateFeeFen: Fen;
  /** 减免: settled without being paid. */
  readonly reducedFen: Fen;
  /** 缓缴: to be paid until then; null where it is not deferred. */
  readonly deferredUntil: CalendarDate | null;
  readonly lines: readonly BillLine[];
  /** An order under way for it, to go on with or to cancel. */
  readonly pendingOrderNo: string | null;
}

// --- paying 支付 ----------------------------------------------------------------------------------------------------

export const PAY_CHANNELS = ['WEAPP', 'H5'] as const;
export type PayChannel = (typeof PAY_CHANNELS)[number];

/** POST /api/me/pay-orders (Idempotency-Key): all bills of one unit and one ledger. */
export interface CreatePayOrderRequest {
  readonly billIds: readonly string[];
  /** Where it is paid: inside WeChat, or in a browser over a cashier page. */
  readonly channel: PayChannel;
  /** What the screen showed; refused where it is not what is owed now. */
  readonly amountFen: Fen;
}
export interface PayOrder {
  readonly orderNo: string;
  readonly state: PaymentState;
  readonly amountFen: Fen;
  readonly ledger: Ledger;
  readonly payeeName: string;
  /** Instant, epoch ms. */
  readonly expiresAt: number;
  readonly billIds: readonly string[];
  readonly pay: PayInstruction | null;
  readonly receiptId: string | null;
}
/** On weapp the parameters of `requestPayment`; on H5 the address of the cashier (the page adds `&return=` with its own address). */
export type PayInstruction =
  | {
      readonly kind: 'WEAPP';
      readonly timeStamp: string;
      readonly nonceStr: string;
      readonly package: string;
      readonly signType: 'RSA';
      readonly paySign: string;
    }
  | { readonly kind: 'CASHIER'; readonly url: string };

/** POST …/estates/:estateId/fees/payees (operator): where a ledger's money goes. */
export interface SetPayeeRequest {
  readonly ledger: Ledger;
  readonly holderName: string;
  readonly mchId: string;
  /** 费率 agreed with WeChat Pay, in hundredths of a percent; 60 where it is not said. */
  readonly feeRateHundredthPercent?: number;
}

// --- receipts 收据: GET /api/me/receipts · …/:id -----------------------------------------------------------------------

export interface ReceiptSummary {
  readonly id: string;
  readonly number: string;
  readonly state: ReceiptState;
  readonly issuedAt: number;
  readonly issuerName: string;
  readonly unitName: string;
  readonly amountFen: Fen;
}
export interface Receipt extends ReceiptSummary {
  readonly ledger: Ledger;
  readonly payerName: string;
  readonly orderNo: string;
  /** The gateway's number. */
  readonly transactionId: string;
  readonly paidAt: number;
  readonly lines: readonly {
    readonly month: Month;
    readonly itemName: string;
    readonly amountFen: Fen;
    readonly formula: string;
  }[];
}
export interface ReceiptList {
  readonly items: readonly ReceiptSummary[];
  readonly next: string | null;
}
