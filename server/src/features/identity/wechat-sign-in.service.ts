import { Inject, Injectable } from '@nestjs/common';
import type { SignInResponse } from '@linli/shared/identity';
import type { Caller } from '../../kernel/access/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { RateLimits, type RateLimit } from '../../kernel/rate-limits/rate-limits.ts';
import { MiniProgramPort } from '../../wechat/mini-program.port.ts';
import type { SignInPlace } from './sessions.service.ts';
import { SignInService } from './sign-in.service.ts';

/** A phone network puts many people behind one address; WeChat is asked for each of them. */
const PER_ADDRESS: RateLimit = { name: 'wechat-sign-in', points: 300, seconds: 900 };
const PHONES: RateLimit = { name: 'wechat-phone', points: 10, seconds: 3600 };

/** Sign-in inside WeChat: code → openid, and the phone through WeChat's own button. */
@Injectable()
export class WechatSignInService {
  constructor(
    @Inject(MiniProgramPort) private readonly miniProgram: MiniProgramPort,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(SignInService) private readonly signInService: SignInService,
  ) {}

  async signIn(code: string, place: SignInPlace): Promise<SignInResponse> {
    await this.limits.use(PER_ADDRESS, place.address);
    const openid = await this.miniProgram.openidOf(code);
    if (openid === null) throw refuse('AUTH.WECHAT_CODE');
    return this.signInService.withOpenid(openid, place);
  }

  async bindPhone(caller: Caller, code: string): Promise<void> {
    await this.limits.use(PHONES, caller.personId);
    const phone = await this.miniProgram.phoneOf(code);
    if (phone === null) throw refuse('AUTH.WECHAT_CODE');
    await this.signInService.addPhone(caller, phone);
  }
}
