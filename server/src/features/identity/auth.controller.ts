import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { DemoRole, SendCodeResponse, SignInOptions, SignInResponse } from '@linli/shared/identity';
import type { FastifyRequest } from 'fastify';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import { Caller, CurrentCaller, Public, SignedIn } from '../../kernel/access/index.ts';
import { DemoService } from './demo.service.ts';
import { DemoSignInDto, SendCodeDto, VerifyCodeDto, WechatCodeDto } from './dto/sign-in.dto.ts';
import { SessionsService, type SignInPlace } from './sessions.service.ts';
import { SignInService } from './sign-in.service.ts';
import { SmsPort } from './sms.ts';
import { SmsCodesService } from './sms-codes.service.ts';
import { WechatSignInService } from './wechat-sign-in.service.ts';

@Controller('auth')
export class AuthController {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(SignInService) private readonly signIn: SignInService,
    @Inject(SmsCodesService) private readonly codes: SmsCodesService,
    @Inject(SmsPort) private readonly sms: SmsPort,
    @Inject(WechatSignInService) private readonly wechat: WechatSignInService,
    @Inject(DemoService) private readonly demo: DemoService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
  ) {}

  @Get('options')
  @Public('the sign-in page asks before anybody is signed in')
  options(): SignInOptions {
    return {
      demo: this.environment.demo,
      smsLogin: this.sms.available,
      wechat: this.environment.wechat !== null,
    };
  }

  @Post('sms/send')
  @HttpCode(200)
  @Public('a step of signing in; limited by phone and address')
  async sendCode(@Body() body: SendCodeDto, @Req() request: FastifyRequest): Promise<SendCodeResponse> {
    const { resendAt } = await this.codes.send(body.phone, request.ip);
    return { resendAt };
  }

  @Post('sms/verify')
  @HttpCode(200)
  @Public('a step of signing in; locks out after wrong codes')
  async verifyCode(@Body() body: VerifyCodeDto, @Req() request: FastifyRequest): Promise<SignInResponse> {
    await this.codes.verify(body.phone, body.code, request.ip);
    return this.signIn.withPhone(body.phone, placeOf(request));
  }

  @Post('wechat')
  @HttpCode(200)
  @Public('a step of signing in; WeChat vouches for the code')
  signInWithWechat(@Body() body: WechatCodeDto, @Req() request: FastifyRequest): Promise<SignInResponse> {
    return this.wechat.signIn(body.code, placeOf(request));
  }

  @Post('wechat/phone')
  @HttpCode(204)
  @SignedIn()
  bindPhone(@CurrentCaller() caller: Caller, @Body() body: WechatCodeDto): Promise<void> {
    return this.wechat.bindPhone(caller, body.code);
  }

  @Get('demo/roles')
  @Public('answers 404 unless DEMO=1')
  demoRoles(): Promise<DemoRole[]> {
    return this.demo.roles();
  }

  @Post('demo')
  @HttpCode(200)
  @Public('answers 404 unless DEMO=1')
  enterDemo(@Body() body: DemoSignInDto, @Req() request: FastifyRequest): Promise<SignInResponse> {
    return this.demo.enter(body.roleKey, placeOf(request));
  }

  @Post('sign-out')
  @HttpCode(204)
  @SignedIn()
  signOut(@CurrentCaller() caller: Caller): Promise<void> {
    return this.sessions.revoke(caller, caller.sessionId);
  }
}

/** In this order: an Android phone says Linux as well, an iPhone Mac OS. */
const SYSTEMS = ['iPhone', 'iPad', 'Android', 'Windows', 'Mac OS', 'Linux'] as const;

/** Where from, for the list of sign-ins and the audit log: a short name of the device, never the whole user agent. */
function placeOf(request: FastifyRequest): SignInPlace {
  const agent = request.headers['user-agent'] ?? '';
  const system = SYSTEMS.find((name) => agent.includes(name)) ?? '未知设备';
  const device = /MicroMessenger/i.test(agent) ? `微信 · ${system}` : `浏览器 · ${system}`;
  return { device, address: request.ip };
}
