/** The cashier's HTML: one small page without scripts, readable for anybody on a phone. */
import type { Reply } from '../http.ts';

export type CashierView = {
  readonly merchant: string;
  readonly title: string;
  /** A sentence under the title, where something is to be explained. */
  readonly note: string | null;
  readonly description: string | null;
  readonly amountFen: number | null;
  readonly orderNumber: string | null;
  /** The form to pay or cancel; without it the page only tells. */
  readonly form: { readonly prepayId: string; readonly returnTo: string | null } | null;
  /** Where the one link of a telling page leads. */
  readonly backTo: string | null;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

function money(fen: number): string {
  const yuan = Math.trunc(fen / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return `<span class="yuan">¥${yuan}</span><span class="fen">.${String(fen % 100).padStart(2, '0')}</span>`;
}

const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#F5F6F4;color:#1B1F23;font:18px/1.5 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;font-variant-numeric:tabular-nums}
.sandbox{background:#FCEFE6;color:#B4480F;text-align:center;padding:12px 16px;font-weight:600;border-bottom:1px solid #B4480F}
main{max-width:480px;margin:0 auto;padding:24px 16px}
h1{font-size:20px;line-height:1.5;margin:0;text-align:center;font-weight:600}
.note{margin:8px 0 0;text-align:center;color:#5B6470}
.amount{margin:16px 0 24px;text-align:center;font-weight:600}
.yuan{font-size:40px}.fen{font-size:24px}
dl{margin:0 0 24px;background:#FFF;border:1px solid #E4E7E3;border-radius:12px;padding:4px 16px}
div.row{display:flex;gap:16px;padding:12px 0}
div.row+div.row{border-top:1px solid #E4E7E3}
dt{flex:none;width:4.5em;color:#5B6470}
dd{margin:0;flex:1;overflow-wrap:anywhere}
button,a.button{display:block;width:100%;min-height:56px;margin:0 0 12px;padding:12px;border-radius:8px;border:1px solid #15705B;font:inherit;font-size:20px;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.pay{background:#15705B;color:#FFF}.pay:active{background:#0F5746}
.quiet{background:#FFF;color:#15705B}
:focus-visible{outline:3px solid #1D5FBF;outline-offset:2px}
`;

const row = (label: string, text: string | null): string =>
  text === null ? '' : `<div class="row"><dt>${label}</dt><dd>${escape(text)}</dd></div>`;

const hidden = (name: string, value: string | null): string =>
  value === null ? '' : `<input type="hidden" name="${name}" value="${escape(value)}">`;

function actions(view: CashierView): string {
  if (view.form) {
    const { prepayId, returnTo } = view.form;
    return `<form method="post" action="/cashier">${hidden('prepay_id', prepayId)}${hidden('return', returnTo)}
<button class="pay" type="submit" name="action" value="pay">支付</button>
<button class="quiet" type="submit" name="action" value="cancel">取消</button></form>`;
  }
  return view.backTo === null ? '' : `<a class="button quiet" href="${escape(view.backTo)}">返回商家</a>`;
}

/** `mayReturnTo`: where the form's redirect may lead, as the browser checks redirects of forms too. */
export function cashierPage(status: number, view: CashierView, mayReturnTo: readonly string[]): Reply {
  const details = [
    row('收款方', view.merchant),
    row('商品', view.description),
    row('订单号', view.orderNumber),
  ].join('');
  const body = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(view.title)} · 沙箱收银台</title><style>${STYLE}</style></head>
<body><p class="sandbox" style="margin:0">沙箱收银台 · 不会真实扣款</p><main>
<h1>${escape(view.title)}</h1>${view.note === null ? '' : `<p class="note">${escape(view.note)}</p>`}
${view.amountFen === null ? '' : `<p class="amount">${money(view.amountFen)}</p>`}
${view.description === null ? '<p></p>' : `<dl>${details}</dl>`}
${actions(view)}
</main></body></html>`;
  const formTargets = ["'self'", ...mayReturnTo].join(' ');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; form-action ${formTargets}; base-uri 'none'; frame-ancestors 'none'`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body,
  };
}
