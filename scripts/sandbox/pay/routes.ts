/** The routes of WeChat Pay APIv3 that a direct merchant uses. Who calls has been verified before. */
import { X509Certificate } from 'node:crypto';

import type { Sandbox } from '../context.ts';
import { jsonReply, type Reply, type Request, type Route } from '../http.ts';
import { parseObject, textOf, type Json } from '../json.ts';
import { closeOrder, describeOrder, findOrderByTransaction, placeOrder } from './orders.ts';
import { PayError, wrongField } from './errors.ts';
import type { Order } from '../records.ts';
import { describeRefund, requestRefund } from './refunds.ts';
import { rfc3339 } from '../shanghai-time.ts';
import { CIPHER, randomText, seal } from '../signatures.ts';
import { downloadTradeBill, requestTradeBill } from './trade-bill-download.ts';

function bodyOf(request: Request): Json {
  const json = parseObject(request.body);
  if (!json) throw wrongField('', null, '请求体不是合法的JSON对象');
  return json;
}

function requireMerchant(sandbox: Sandbox, mchid: string | null, location: 'query' | 'body'): void {
  if (!mchid) throw wrongField('/mchid', mchid, 'mchid不能为空', location);
  if (mchid !== sandbox.credentials.identity.mchId) throw new PayError('MCH_NOT_EXISTS');
}

function orderReply(sandbox: Sandbox, request: Request, order: Order | null): Reply {
  requireMerchant(sandbox, request.query.get('mchid'), 'query');
  if (!order) throw new PayError('ORDER_NOT_EXIST');
  return jsonReply(200, describeOrder(sandbox, order));
}

/** The platform certificate, encrypted with the APIv3 key as every resource is. */
function certificates(sandbox: Sandbox): object {
  const { apiV3Key, platformCertificatePem, platformCertificateSerial } = sandbox.credentials.identity;
  const certificate = new X509Certificate(platformCertificatePem);
  const nonce = randomText(12);
  return {
    data: [
      {
        serial_no: platformCertificateSerial,
        effective_time: rfc3339(Date.parse(certificate.validFrom)),
        expire_time: rfc3339(Date.parse(certificate.validTo)),
        encrypt_certificate: {
          algorithm: CIPHER,
          nonce,
          associated_data: 'certificate',
          ciphertext: seal(platformCertificatePem, apiV3Key, nonce, 'certificate'),
        },
      },
    ],
  };
}

export const PAY_ROUTES: readonly Route<Sandbox>[] = [
  {
    method: 'POST',
    path: '/v3/pay/transactions/jsapi',
    handle: (sandbox, request) =>
      jsonReply(200, { prepay_id: placeOrder(sandbox, bodyOf(request)).prepayId }),
  },
  {
    method: 'GET',
    path: '/v3/pay/transactions/out-trade-no/{outTradeNo}',
    handle: (sandbox, request, { outTradeNo = '' }) =>
      orderReply(sandbox, request, sandbox.store.get('orders', outTradeNo)),
  },
  {
    method: 'GET',
    path: '/v3/pay/transactions/id/{transactionId}',
    handle: (sandbox, request, { transactionId = '' }) =>
      orderReply(sandbox, request, findOrderByTransaction(sandbox, transactionId)),
  },
  {
    method: 'POST',
    path: '/v3/pay/transactions/out-trade-no/{outTradeNo}/close',
    handle: (sandbox, request, { outTradeNo = '' }) => {
      requireMerchant(sandbox, textOf(bodyOf(request), 'mchid'), 'body');
      closeOrder(sandbox, outTradeNo);
      return { status: 204, body: '' };
    },
  },
  {
    method: 'POST',
    path: '/v3/refund/domestic/refunds',
    handle: (sandbox, request) => jsonReply(200, describeRefund(requestRefund(sandbox, bodyOf(request)))),
  },
  {
    method: 'GET',
    path: '/v3/refund/domestic/refunds/{outRefundNo}',
    handle: (sandbox, _request, { outRefundNo = '' }) => {
      const refund = sandbox.store.get('refunds', outRefundNo);
      if (!refund) throw new PayError('RESOURCE_NOT_EXISTS', '退款单不存在');
      return jsonReply(200, describeRefund(refund));
    },
  },
  {
    method: 'GET',
    path: '/v3/bill/tradebill',
    handle: (sandbox, request) => jsonReply(200, requestTradeBill(sandbox, request.query)),
  },
  {
    method: 'GET',
    path: '/v3/billdownload/file',
    handle: (sandbox, request) => downloadTradeBill(sandbox, request.query),
  },
  {
    method: 'GET',
    path: '/v3/certificates',
    handle: (sandbox) => jsonReply(200, certificates(sandbox)),
  },
];
