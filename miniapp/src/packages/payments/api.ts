import type {
  Instalment,
  MyBills,
  MyDunning,
  MyInstalment,
  PayInstruction,
  PayOrder,
  ReceiptList,
} from '@linli/shared/fees';
import type { EntryTrace } from '@linli/shared/ledger';
import type { CreditChoice, MyRefunds, RefundedReceipt } from '@linli/shared/refunds';
import { isH5, openAddress, ownAddress, payWithWechat } from '@/platform';
import { type Pages, type Resource, api, resourceCache, usePages, useResource } from '@/request';
import { routeUrl } from '@/routes';
import { useSession } from '@/stores';

const PAGE = 20;

export function useMyBills(): Pages<MyBills> {
  const estateId = useSession((state) => state.estateId);
  return usePages(estateId === null ? null : `/api/me/bills/${estateId}`, PAGE, (page) =>
    api.get<MyBills>('/api/me/bills', { estateId: estateId ?? undefined, ...page }),
  );
}

/** What was done about the reader's overdue bills. */
export function useMyDunning(): Resource<MyDunning> {
  const estateId = useSession((state) => state.estateId) ?? '';
  const path = `/api/me/dunning?estateId=${estateId}`;
  return useResource(estateId === '' ? null : path, () => api.get<MyDunning>(path));
}

export function usePayOrder(orderNo: string | undefined): Resource<PayOrder> {
  const path = orderNo === undefined ? null : `/api/me/pay-orders/${orderNo}`;
  return useResource(path, () => api.get<PayOrder>(path ?? ''), { freshMs: 0 });
}

const instalmentPath = (estateId: string, unitId: string) =>
  `/api/estates/${estateId}/fees/units/${unitId}/instalment`;

export function useMyInstalment(estateId: string, unitId: string): Resource<MyInstalment> {
  const path = instalmentPath(estateId, unitId);
  return useResource(path, () => api.get<MyInstalment>(path));
}

export async function chooseInstalment(
  estateId: string,
  unitId: string,
  instalment: Instalment,
): Promise<void> {
  const path = instalmentPath(estateId, unitId);
  resourceCache.put(path, await api.put<MyInstalment>(path, { instalment }));
}

export const useReceipts = () =>
  usePages('/api/me/receipts', PAGE, (page) => api.get<ReceiptList>('/api/me/receipts', page));

export function useReceipt(id: string | undefined): Resource<RefundedReceipt> {
  const path = id === undefined ? null : `/api/me/receipts/${id}`;
  return useResource(path, () => api.get<RefundedReceipt>(path ?? ''));
}

const REFUNDS = '/api/me/refunds';

export const useMyRefunds = (): Resource<MyRefunds> =>
  useResource(REFUNDS, () => api.get<MyRefunds>(REFUNDS), { freshMs: 0 });

/** The payer's own word on money paid too much. */
export async function chooseCredit(creditId: string, choice: CreditChoice): Promise<void> {
  const mine = await api.post<MyRefunds>(`/api/me/credits/${creditId}/choice`, { choice });
  forgetMoney();
  resourceCache.put(REFUNDS, mine);
}

/** What became of a bill, or of the payment behind a receipt, entry by entry. */
export function useMoneyTrace(bill: string | undefined, receipt: string | undefined): Resource<EntryTrace> {
  const of = bill === undefined ? `receipts/${receipt ?? ''}` : `bills/${bill}`;
  const path = bill === undefined && receipt === undefined ? null : `/api/me/ledger/${of}`;
  return useResource(path, () => api.get<EntryTrace>(path ?? ''), { freshMs: 0 });
}

export function orderBills(key: string, billIds: readonly string[], amountFen: number): Promise<PayOrder> {
  const request = { billIds, amountFen, channel: isH5 ? 'H5' : 'WEAPP' };
  return api.post<PayOrder>('/api/me/pay-orders', request, { idempotencyKey: key });
}

export async function cancelOrder(orderNo: string): Promise<PayOrder> {
  const order = await api.post<PayOrder>(`/api/me/pay-orders/${orderNo}/cancel`);
  forgetMoney();
  resourceCache.put(`/api/me/pay-orders/${orderNo}`, order);
  return order;
}

/** Bills, receipts and the to-do cards are asked for again. */
export function forgetMoney(): void {
  resourceCache.invalidate('/api/me/bills');
  resourceCache.invalidate('/api/me/dunning');
  resourceCache.invalidate('/api/me/receipts');
  resourceCache.invalidate('home');
}

/**
 * Opens WeChat's cashier, or on H5 the page that stands for it; that one comes back to the result page by itself.
 * Answers whether the result can be looked at now.
 */
export async function openCashier(orderNo: string, pay: PayInstruction): Promise<boolean> {
  if (pay.kind === 'WEAPP') {
    await payWithWechat(pay);
    return true;
  }
  const back = ownAddress(routeUrl('payResult', { orderNo }));
  openAddress(`${pay.url}&return=${encodeURIComponent(back)}`);
  return false;
}
