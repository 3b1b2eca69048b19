import { describe, expect, it } from '@jest/globals';
import { readTradeBill } from '../../src/reconcile/index.ts';

const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const SUMS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const PAID =
  '`2026-11-20 10:00:00,`wx1,`1900000109,`0,`,`4200001,`P1,`oPayer,`JSAPI,`SUCCESS,`OTHERS,`CNY,`495.99,`0.00,`0,`0,`0.00,`0.00,`,`,`3栋 201 物业费,`,`2.97594,`0.60%,`495.99,`0.00,`';
const REFUNDED =
  '`2026-11-20 11:00:00,`wx1,`1900000109,`0,`,`4200001,`P1,`oPayer,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5030001,`R1,`58.09,`0.00,`ORIGINAL,`SUCCESS,`3栋 201 物业费,`,`-0.34854,`0.60%,`0.00,`58.09,`';
const TOTAL = '`2,`495.99,`58.09,`0.00,`2.62740,`495.99,`58.09';
const file = (...lines: string[]) => `\uFEFF${[HEADER, ...lines, SUMS].join('\r\n')}\r\n${TOTAL}\r\n`;

describe('a trade bill', () => {
  it('is read to the fen, without whoever paid', () => {
    const bill = readTradeBill(file(PAID, REFUNDED));
    expect(bill).toEqual({
      ok: true,
      value: {
        rows: [
          {
            kind: 'PAYMENT',
            orderNo: 'P1',
            transactionId: '4200001',
            refundNo: '',
            amountFen: 49_599,
            state: 'SUCCESS',
            feeUnits: 297_594,
          },
          {
            kind: 'REFUND',
            orderNo: 'P1',
            transactionId: '4200001',
            refundNo: 'R1',
            amountFen: 5_809,
            state: 'SUCCESS',
            feeUnits: -34_854,
          },
        ],
      },
    });
    expect(JSON.stringify(bill)).not.toContain('oPayer');
  });

  it.each([
    ['a line short', file(PAID)],
    ['an amount changed', file(PAID.replaceAll('495.99', '495.98'), REFUNDED)],
    ['a refund changed', file(PAID, REFUNDED.replaceAll('58.09', '58.10'))],
    ['a fee changed', file(PAID, REFUNDED.replace('-0.34854', '-0.34855'))],
    ['half a line', file(PAID, REFUNDED.slice(0, 80))],
    ['an amount that is none', file(PAID.replaceAll('495.99', '四百'), REFUNDED)],
    ['a column short', file(PAID, REFUNDED).replace('商户退款单号', '单号')],
    ['no sums', [HEADER, PAID, REFUNDED].join('\r\n')],
    ['nothing', ''],
  ])('with %s is refused whole', (_, text) => {
    expect(readTradeBill(text).ok).toBe(false);
  });
});
