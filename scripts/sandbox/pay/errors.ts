/** The refusals of WeChat Pay, with the status that each travels under. */
const PAY_ERRORS = {
  PARAM_ERROR: { status: 400, message: '参数错误' },
  INVALID_REQUEST: { status: 400, message: '无效请求' },
  APPID_MCHID_NOT_MATCH: { status: 400, message: '商户号mchid与appid不匹配' },
  MCH_NOT_EXISTS: { status: 400, message: '商户号不存在' },
  OPENID_MISMATCH: { status: 400, message: 'openid和appid不匹配' },
  ORDER_CLOSED: { status: 400, message: '该订单已关闭，请重新下单' },
  ORDERPAID: { status: 400, message: '该订单已支付' },
  NO_STATEMENT_EXIST: { status: 400, message: '账单文件不存在' },
  STATEMENT_CREATING: { status: 400, message: '账单生成中，请稍后再试' },
  SIGN_ERROR: { status: 401, message: '签名错误' },
  NO_AUTH: { status: 403, message: '商户无权限' },
  OUT_TRADE_NO_USED: { status: 403, message: '商户订单号重复' },
  RULE_LIMIT: { status: 403, message: '业务规则限制' },
  NOT_ENOUGH: { status: 403, message: '基本账户余额不足，请充值后重新发起' },
  TRADE_ERROR: { status: 403, message: '交易错误' },
  ORDER_NOT_EXIST: { status: 404, message: '订单不存在' },
  RESOURCE_NOT_EXISTS: { status: 404, message: '查询的资源不存在' },
  FREQUENCY_LIMITED: { status: 429, message: '频率超限，请降低请求接口频率' },
  SYSTEM_ERROR: { status: 500, message: '系统异常，请稍后重试' },
} as const;

export type PayErrorCode = keyof typeof PAY_ERRORS;

/** Thrown from anywhere below a route of the pay API and written by the gateway. */
export class PayError extends Error {
  readonly code: PayErrorCode;
  readonly detail: object | null;

  constructor(code: PayErrorCode, message: string = PAY_ERRORS[code].message, detail: object | null = null) {
    super(message);
    this.code = code;
    this.detail = detail;
  }

  get status(): number {
    return PAY_ERRORS[this.code].status;
  }

  body(): object {
    return { code: this.code, ...(this.detail ? { detail: this.detail } : {}), message: this.message };
  }
}

/** A field that is missing or not as it must be. `field` is a path such as `/amount/total`. */
export function wrongField(field: string, value: unknown, issue: string, location = 'body'): PayError {
  const detail = { location, value: value ?? null, field, issue };
  return new PayError('PARAM_ERROR', `参数错误：${issue}`, detail);
}
