import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type {
  AcceptedInvitation,
  HomePeople,
  Invitation,
  InvitationOffer,
  OpenInvitation,
} from '@linli/shared/identity';
import { Caller, CurrentCaller, SignedIn } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { InvitationCodeDto, InviteDto } from '../dto/people.dto.ts';
import { HomePeopleService } from './home-people.service.ts';
import { InvitationsService } from './invitations.service.ts';

/** The caller's own homes; a unit that is not theirs is not found. */
@Controller('me')
export class HomesController {
  constructor(
    @Inject(HomePeopleService) private readonly people: HomePeopleService,
    @Inject(InvitationsService) private readonly invitations: InvitationsService,
  ) {}

  @Get('homes/:unitId/people')
  @SignedIn()
  list(@CurrentCaller() caller: Caller, @Param('unitId', IdParam) unitId: string): Promise<HomePeople> {
    return this.people.list(caller, unitId);
  }

  @Delete('homes/:unitId/people/:residencyId')
  @HttpCode(204)
  @SignedIn()
  remove(
    @CurrentCaller() caller: Caller,
    @Param('unitId', IdParam) unitId: string,
    @Param('residencyId', IdParam) residencyId: string,
  ): Promise<void> {
    return this.people.remove(caller, unitId, residencyId);
  }

  @Post('homes/:unitId/invitations')
  @SignedIn()
  invite(
    @CurrentCaller() caller: Caller,
    @Param('unitId', IdParam) unitId: string,
    @Body() body: InviteDto,
    @ActionKey() key: string,
  ): Promise<Invitation> {
    return this.invitations.invite(caller, unitId, body, key);
  }

  @Get('homes/:unitId/invitations')
  @SignedIn()
  open(@CurrentCaller() caller: Caller, @Param('unitId', IdParam) unitId: string): Promise<OpenInvitation[]> {
    return this.invitations.list(caller, unitId);
  }

  @Delete('homes/:unitId/invitations/:invitationId')
  @HttpCode(204)
  @SignedIn()
  revoke(
    @CurrentCaller() caller: Caller,
    @Param('unitId', IdParam) unitId: string,
    @Param('invitationId', IdParam) invitationId: string,
  ): Promise<void> {
    return this.invitations.revoke(caller, unitId, invitationId);
  }

  @Post('invitations/look')
  @HttpCode(200)
  @SignedIn()
  look(@CurrentCaller() caller: Caller, @Body() body: InvitationCodeDto): Promise<InvitationOffer> {
    return this.invitations.look(caller, body.code);
  }

  @Post('invitations/accept')
  @HttpCode(200)
  @SignedIn()
  accept(
    @CurrentCaller() caller: Caller,
    @Body() body: InvitationCodeDto,
    @ActionKey() key: string,
  ): Promise<AcceptedInvitation> {
    return this.invitations.accept(caller, body.code, key);
  }
}
