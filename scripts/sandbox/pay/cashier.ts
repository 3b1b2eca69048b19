/**
 * The cashier for H5, where there is no WeChat around the page: shows the order, takes 支付 or 取消 and goes
 * back to the app. Where it may go back to is decided here and not by the address bar.
 */
import { cashierPage, type CashierView } from './cashier-page.ts';
import type { Sandbox } from '../context.ts';
import { isLoopbackUrl, type Reply, type Request, type Route } from '../http.ts';
import { findOrderByPrepay, payOrder, payRefusal, type PayRefusal } from './orders.ts';
import type { Order } from '../records.ts';
import { REFUSAL_TEXTS } from './wx-payment.ts';

const MERCHANT_NAME = '邻里公开（沙箱商户）';

/** The app's origins; on this machine 127.0.0.1 and localhost are the same place. */
function returnOrigins(sandbox: Sandbox): string[] {
  return sandbox.settings.appOrigins.flatMap((origin) => {
    const url = new URL(origin);
    if (!isLoopbackUrl(url)) return [url.origin];
    const port = url.port ? `:${url.port}` : '';
    return ['127.0.0.1', 'localhost'].map((host) => `${url.protocol}//${host}${port}`);
  });
}

export type ReturnTarget =
  { readonly allowed: true; readonly url: string | null } | { readonly allowed: false };

/** A path of the app, or a full address at one of its origins. Anything else leads nowhere. */
function readReturn(sandbox: Sandbox, wanted: string | null): ReturnTarget {
  if (!wanted) return { allowed: true, url: null };
  const base = sandbox.settings.appOrigins[0];
  // Browsers read `//host` and `/\host` as another host, and drop tabs and newlines before they look.
  const isPath = /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted);
  if (isPath) return base ? { allowed: true, url: new URL(wanted, base).href } : { allowed: false };
  const url = /^https?:\/\/[^\\\p{Cc}\s]+$/iu.test(wanted) && URL.canParse(wanted) ? new URL(wanted) : null;
  if (!url || url.username || url.password) return { allowed: false };
  return returnOrigins(sandbox).includes(url.origin) ? { allowed: true, url: url.href } : { allowed: false };
}

/** The address to go back to, with what happened: a hint for the page and no proof of payment. */
function backWith(url: string, payment: 'ok' | 'cancel' | 'fail'): string {
  const back = new URL(url);
  back.searchParams.set('payment', payment);
  return back.href;
}

function show(
  sandbox: Sandbox,
  status: number,
  order: Order | null,
  view: Partial<CashierView> & { readonly title: string },
): Reply {
  const shown: CashierView = {
    merchant: MERCHANT_NAME,
    note: null,
    description: order?.description ?? null,
    amountFen: order?.amountFen ?? null,
    orderNumber: order?.outTradeNo ?? null,
    form: null,
    backTo: null,
    ...view,
  };
  return cashierPage(status, shown, returnOrigins(sandbox));
}

function refused(sandbox: Sandbox, order: Order | null, refusal: PayRefusal, url: string | null): Reply {
  const payment = refusal === 'ORDER_PAID' ? 'ok' : 'fail';
  const backTo = url === null ? null : backWith(url, payment);
  const status = refusal === 'PREPAY_UNKNOWN' ? 404 : 200;
  return show(sandbox, status, order, { title: REFUSAL_TEXTS[refusal], backTo });
}

function badReturn(sandbox: Sandbox): Reply {
  const note = '返回地址不属于本应用。请关闭此页，回到应用重新支付。';
  return show(sandbox, 400, null, { title: '不能打开收银台', note });
}

function showOrder(sandbox: Sandbox, request: Request): Reply {
  const prepayId = request.query.get('prepay_id') ?? '';
  const target = readReturn(sandbox, request.query.get('return'));
  if (!target.allowed) return badReturn(sandbox);
  const order = findOrderByPrepay(sandbox, prepayId);
  if (!order) return refused(sandbox, null, 'PREPAY_UNKNOWN', target.url);
  const refusal = payRefusal(sandbox, order);
  if (refusal) return refused(sandbox, order, refusal, target.url);
  return show(sandbox, 200, order, { title: '确认付款', form: { prepayId, returnTo: target.url } });
}

function goBack(url: string): Reply {
  return { status: 303, headers: { location: url, 'referrer-policy': 'no-referrer' }, body: '' };
}

function takeAction(sandbox: Sandbox, request: Request): Reply {
  const form = new URLSearchParams(request.body.toString());
  const prepayId = form.get('prepay_id') ?? '';
  const target = readReturn(sandbox, form.get('return'));
  if (!target.allowed) return badReturn(sandbox);
  const order = findOrderByPrepay(sandbox, prepayId);
  if (form.get('action') !== 'pay') {
    if (target.url !== null) return goBack(backWith(target.url, 'cancel'));
    return show(sandbox, 200, order, { title: '已取消付款', note: '没有付款，可以关闭此页。' });
  }
  const paid = payOrder(sandbox, prepayId, null);
  if (!paid.ok) {
    // The second of two taps: what it asks for has just happened.
    if (paid.refusal === 'ORDER_PAID' && target.url !== null) return goBack(backWith(target.url, 'ok'));
    return refused(sandbox, order, paid.refusal, target.url);
  }
  if (target.url !== null) return goBack(backWith(target.url, 'ok'));
  return show(sandbox, 200, order, { title: '付款成功', note: '可以关闭此页。' });
}

export const CASHIER_ROUTES: readonly Route<Sandbox>[] = [
  { method: 'GET', path: '/cashier', handle: showOrder },
  { method: 'POST', path: '/cashier', handle: takeAction },
];
