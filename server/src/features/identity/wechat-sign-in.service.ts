import { Inject, Injectable } from '@nestjs/common';
import type { SignInResponse } from '@linli/shared/identity';
import type { Caller } from '../../kernel/access/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { MiniProgramPort } from '../../wechat/mini-program.port.ts';
import { SignInService } from './sign-in.service.ts';

/** Sign-in inside WeChat: code → openid, and the phone through WeChat's own button. */
@Injectable()
export class WechatSignInService {
  constructor(
    @Inject(MiniProgramPort) private readonly miniProgram: MiniProgramPort,
    @Inject(SignInService) private readonly signInService: SignInService,
  ) {}

  async signIn(code: string, device: string): Promise<SignInResponse> {
    const openid = await this.miniProgram.openidOf(code);
    if (openid === null) throw refuse('AUTH.WECHAT_CODE');
    return this.signInService.withOpenid(openid, device);
  }

  async bindPhone(caller: Caller, code: string): Promise<void> {
    const phone = await this.miniProgram.phoneOf(code);
    if (phone === null) throw refuse('AUTH.WECHAT_CODE');
    await this.signInService.addPhone(caller, phone);
  }
}
