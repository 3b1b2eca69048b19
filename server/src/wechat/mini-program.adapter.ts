import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT } from '../config/config.module.ts';
import type { Environment, WechatSettings } from '../config/environment.ts';
import { Clock } from '../kernel/clock/clock.ts';
import { refuse } from '../kernel/errors/refused.ts';
import { MiniProgramPort, type ContentVerdict, type SubscribeMessage } from './mini-program.port.ts';

const TIMEOUT_MS = 5000;
/** Refresh the access token this long before WeChat ends it. */
const TOKEN_MARGIN_MS = 5 * 60_000;

interface WechatAnswer {
  readonly errcode?: number;
  readonly errmsg?: string;
}

/** Codes by which WeChat refuses what the user sent, as opposed to failing itself. */
const REFUSED_CODES = [40029, 40163, 40226, 40013];
const MESSAGE_REFUSED = [43101, 40003, 43107];
/** Not active within two hours, or no user of this mini-program. */
const AUTHOR_REFUSED = [61010, 40003];
const PICTURE = 2;

/** Speaks `api.weixin.qq.com` over https; the sandbox under `apiBase` looks the same. */
@Injectable()
export class MiniProgramAdapter extends MiniProgramPort {
  private token: { readonly value: string; readonly until: number } | null = null;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    super();
  }

  override async openidOf(code: string): Promise<string | null> {
    const { appId, appSecret } = this.settings;
    const query = new URLSearchParams({
      appid: appId,
      secret: appSecret,
      js_code: code,
      grant_type: 'authorization_code',
    });
    const answer = await this.call<WechatAnswer & { openid?: string }>('GET', `/sns/jscode2session?${query}`);
    if (answer.errcode !== undefined && REFUSED_CODES.includes(answer.errcode)) return null;
    this.expectSuccess(answer);
    return answer.openid ?? null;
  }

  override async phoneOf(code: string): Promise<string | null> {
    interface Answer extends WechatAnswer {
      readonly phone_info?: { readonly purePhoneNumber: string };
    }
    const answer = await this.callWithToken<Answer>('/wxa/business/getuserphonenumber', { code });
    if (answer.errcode !== undefined && REFUSED_CODES.includes(answer.errcode)) return null;
    this.expectSuccess(answer);
    return answer.phone_info?.purePhoneNumber ?? null;
  }

  override async send(message: SubscribeMessage): Promise<'SENT' | 'REFUSED'> {
    const data = Object.fromEntries(Object.entries(message.data).map(([name, value]) => [name, { value }]));
    const answer = await this.callWithToken<WechatAnswer>('/cgi-bin/message/subscribe/send', {
      touser: message.openid,
      template_id: message.templateId,
      page: message.page,
      data,
    });
    if (answer.errcode !== undefined && MESSAGE_REFUSED.includes(answer.errcode)) return 'REFUSED';
    this.expectSuccess(answer);
    return 'SENT';
  }

  override async checkText(openid: string, content: string): Promise<ContentVerdict> {
    interface Answer extends WechatAnswer {
      readonly result?: { readonly suggest: 'pass' | 'review' | 'risky' };
    }
    const answer = await this.callWithToken<Answer>('/wxa/msg_sec_check', {
      version: 2,
      scene: 2,
      openid,
      content,
    });
    this.expectSuccess(answer);
    return (answer.result?.suggest ?? 'review').toUpperCase() as ContentVerdict;
  }

  override async checkPicture(openid: string, url: string): Promise<string | null> {
    const answer = await this.callWithToken<WechatAnswer & { readonly trace_id?: string }>(
      '/wxa/media_check_async',
      { version: 2, scene: 2, openid, media_url: url, media_type: PICTURE },
    );
    if (answer.errcode !== undefined && AUTHOR_REFUSED.includes(answer.errcode)) return null;
    this.expectSuccess(answer);
    return answer.trace_id ?? null;
  }

  private get settings(): WechatSettings {
    const { wechat } = this.environment;
    if (wechat === null) throw refuse('AUTH.WECHAT_OFF');
    return wechat;
  }

  private async callWithToken<Answer extends WechatAnswer>(path: string, body: object): Promise<Answer> {
    return this.call<Answer>(
      'POST',
      `${path}?access_token=${encodeURIComponent(await this.accessToken())}`,
      body,
    );
  }

  private async accessToken(): Promise<string> {
    const now = this.clock.now();
    if (this.token !== null && this.token.until > now) return this.token.value;
    const { appId: appid, appSecret: secret } = this.settings;
    const answer = await this.call<WechatAnswer & { access_token?: string; expires_in?: number }>(
      'POST',
      '/cgi-bin/stable_token',
      { grant_type: 'client_credential', appid, secret },
    );
    this.expectSuccess(answer);
    const value = answer.access_token ?? '';
    this.token = { value, until: now + (answer.expires_in ?? 7200) * 1000 - TOKEN_MARGIN_MS };
    return value;
  }

  private async call<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    try {
      const response = await fetch(`${this.settings.apiBase}${path}`, {
        method,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      return (await response.json()) as Answer;
    } catch {
      throw refuse('WECHAT.UNREACHABLE');
    }
  }

  private expectSuccess(answer: WechatAnswer): void {
    if (answer.errcode === undefined || answer.errcode === 0) return;
    if (answer.errcode === 40001 || answer.errcode === 42001) this.token = null;
    throw refuse('WECHAT.UNREACHABLE');
  }
}
