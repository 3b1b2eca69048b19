import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import type { Me, SessionSummary } from '@linli/shared/identity';
import { Caller, CurrentCaller, SignedIn } from '../../kernel/access/index.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { AcceptPrivacyDto } from './dto/sign-in.dto.ts';
import { MeService } from './me.service.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInService } from './sign-in.service.ts';

@Controller('me')
export class MeController {
  constructor(
    @Inject(MeService) private readonly me: MeService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(SignInService) private readonly signIn: SignInService,
  ) {}

  @Get()
  @SignedIn()
  read(@CurrentCaller() caller: Caller): Promise<Me> {
    return this.me.read(caller);
  }

  @Get('sessions')
  @SignedIn()
  list(@CurrentCaller() caller: Caller): Promise<SessionSummary[]> {
    return this.sessions.list(caller);
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @SignedIn()
  revoke(@CurrentCaller() caller: Caller, @Param('id', IdParam) id: string): Promise<void> {
    return this.sessions.revoke(caller, id);
  }

  @Put('privacy')
  @HttpCode(204)
  @SignedIn()
  acceptPrivacy(@CurrentCaller() caller: Caller, @Body() body: AcceptPrivacyDto): Promise<void> {
    return this.signIn.acceptPrivacy(caller, body.version);
  }
}
