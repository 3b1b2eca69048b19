import { formatDecimal, shanghaiDate } from '@linli/shared/kernel';
import { feeText, feeUnitsOf, ORDINARY_RATE } from '@linli/shared/reconcile';
import { type OrderOfMerchant, PayPort, type PayReport, PayUnknown } from '../wechat/pay.port.ts';

/**
 * A merchant beside the one that the demo is connected to, since no merchant collects for two ledgers. It is only told
 * of: what was paid to it was paid, and its trade bill says so.
 */
export class SecondMerchant extends PayPort {
  private readonly reports: PayReport[] = [];

  constructor(
    private readonly mchId: string,
    private readonly appId: string,
  ) {
    super();
  }

  override merchants(): readonly string[] {
    return [this.mchId];
  }

  override merchant() {
    return { mchId: this.mchId, appId: this.appId };
  }

  override hasCashier(): boolean {
    return true;
  }

  override payerOf(personId: string): string {
    return `demo-${personId}`;
  }

  override prepay({ orderNo }: { readonly orderNo: string }): Promise<string> {
    return Promise.resolve(orderNo);
  }

  override cashier(_mchId: string, prepayId: string): string {
    return `demo:${prepayId}`;
  }

  /** The payer confirms. */
  pay(
    order: { readonly orderNo: string; readonly amountFen: number },
    personId: string,
    paidAt: number,
  ): PayReport {
    const report = {
      ...order,
      state: 'SUCCESS',
      transactionId: `4200${order.orderNo.slice(-24)}`,
      ...this.merchant(),
      currency: 'CNY',
      openid: this.payerOf(personId),
      paidAt,
    } as const;
    this.reports.push(report);
    return report;
  }

  override query({ orderNo }: OrderOfMerchant): Promise<PayReport> {
    const report = this.reports.find((known) => known.orderNo === orderNo);
    return report === undefined ? unknown() : Promise.resolve(report);
  }

  override tradeBill(_mchId: string, date: string): Promise<string | null> {
    const day = this.reports.filter(({ paidAt }) => shanghaiDate(paidAt) === date);
    return Promise.resolve(day.length === 0 ? null : billOf(day));
  }

  override close = unknown<'CLOSED' | 'PAID'>;
  override refund = unknown<never>;
  override queryRefund = unknown<never>;

  override parameters(): never {
    throw new PayUnknown('nobody pays here by WeChat itself');
  }

  override readNotice(): string {
    return 'nobody calls back';
  }
}

function unknown<T>(): Promise<T> {
  return Promise.reject(new PayUnknown('this merchant is only told of'));
}

const COLUMNS = '微信订单号,商户订单号,交易状态,订单金额,商户退款单号,申请退款金额,退款状态,手续费';
const SUMS = '总交易单数,订单总金额,申请退款总金额,手续费总金额';

/** As WeChat writes it: plain amounts, and every field behind a backtick. */
function billOf(day: readonly PayReport[]): string {
  const yuan = (fen: number) => formatDecimal(fen, 2).replaceAll(',', '');
  const line = (...fields: readonly (string | number)[]) => fields.map((field) => `\`${field}`).join();
  const feeOf = ({ amountFen }: PayReport) => feeUnitsOf(amountFen, ORDINARY_RATE);
  const total = (of: (report: PayReport) => number) => day.reduce((sum, report) => sum + of(report), 0);
  return [
    COLUMNS,
    ...day.map((report) => {
      const { transactionId, orderNo, amountFen } = report;
      return line(transactionId, orderNo, 'SUCCESS', yuan(amountFen), '', '0.00', '', feeText(feeOf(report)));
    }),
    SUMS,
    line(day.length, yuan(total(({ amountFen }) => amountFen)), '0.00', feeText(total(feeOf))),
  ].join('\n');
}
