/** The refusals of api.weixin.qq.com: always status 200, the code in the body. */
const MINI_PROGRAM_ERRORS = {
  SYSTEM_BUSY: [-1, 'system error'],
  INVALID_CREDENTIAL: [40001, 'invalid credential, access_token is invalid or not latest'],
  INVALID_GRANT_TYPE: [40002, 'invalid grant_type'],
  INVALID_OPENID: [40003, 'invalid openid'],
  INVALID_APPID: [40013, 'invalid appid'],
  INVALID_CODE: [40029, 'invalid code'],
  INVALID_TEMPLATE: [40037, 'invalid template_id'],
  INVALID_PARAMETER: [40097, 'invalid args'],
  INVALID_SECRET: [40125, 'invalid appsecret'],
  RISKY_USER: [40226, 'high risk user login blocked'],
  MISSING_TOKEN: [41001, 'access_token missing'],
  EXPIRED_TOKEN: [42001, 'access_token expired'],
  REFUSED_BY_USER: [43101, 'user refuse to accept the msg'],
  CONTENT_TOO_LONG: [45002, 'content size out of limit'],
  TOO_FREQUENT: [45011, 'api minute-quota reach limit, must slower, retry next minute'],
  BAD_JSON: [47001, 'data format error'],
  BAD_TEMPLATE_DATA: [47003, 'argument invalid!'],
  USER_NOT_ACTIVE: [61010, 'code is expired'],
} as const satisfies Record<string, readonly [number, string]>;

export type MiniProgramErrorName = keyof typeof MINI_PROGRAM_ERRORS;

/** Thrown below a route of the mini-program API and written by its gateway. */
export class MiniProgramError extends Error {
  readonly errcode: number;

  constructor(name: MiniProgramErrorName, more = '') {
    const [errcode, errmsg] = MINI_PROGRAM_ERRORS[name];
    super(more ? `${errmsg} ${more}` : errmsg);
    this.errcode = errcode;
  }

  body(): object {
    return { errcode: this.errcode, errmsg: this.message };
  }
}
