/** One subscribe message 订阅消息 to one person; sending uses up one consent. */
export interface SubscribeMessage {
  readonly openid: string;
  readonly templateId: string;
  /** Page to open, with its query. */
  readonly page: string;
  readonly data: Readonly<Record<string, string>>;
}

/** What WeChat says of a text or picture 内容安全. */
export type ContentVerdict = 'PASS' | 'REVIEW' | 'RISKY';

/** The mini-program's server side at WeChat, or the sandbox that speaks the same protocol. */
export abstract class MiniProgramPort {
  /** `wx.login` code → openid; null when WeChat refuses the code. The session key stays at the server. */
  abstract openidOf(code: string): Promise<string | null>;
  /** `getPhoneNumber` code → mobile number; null when WeChat refuses the code. */
  abstract phoneOf(code: string): Promise<string | null>;
  /** REFUSED: the user took the consent back, nothing to retry. */
  abstract send(message: SubscribeMessage): Promise<'SENT' | 'REFUSED'>;
  abstract checkText(openid: string, content: string): Promise<ContentVerdict>;
  /**
   * Has WeChat fetch a picture and look at it; answers the trace under which the verdict is pushed, or null where
   * WeChat does not look for this person (nobody checks who was away for two hours).
   */
  abstract checkPicture(openid: string, url: string): Promise<string | null>;
}
