import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { EstateMembership, GrantingOrganisation } from '@linli/shared/identity';
import type { Page } from '@linli/shared/kernel';
import { Caller, CurrentCaller, InEstate, STAFF } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';
import { ProposeMembershipDto } from '../dto/people.dto.ts';
import { MembershipsService } from './memberships.service.ts';
import { ReadMembershipsService } from './read-memberships.service.ts';

/** Which of the staff may grant what is a rule of its own: shared/identity, `GRANTORS`. */
@Controller('estates/:estateId/memberships')
export class MembershipsController {
  constructor(
    @Inject(MembershipsService) private readonly memberships: MembershipsService,
    @Inject(ReadMembershipsService) private readonly reading: ReadMembershipsService,
  ) {}

  @Get()
  @InEstate(STAFF)
  list(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() query: PageQuery,
  ): Promise<Page<EstateMembership>> {
    return this.reading.list(caller, estateId, query);
  }

  @Get('organisations')
  @InEstate(STAFF)
  organisations(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
  ): Promise<GrantingOrganisation[]> {
    return this.reading.organisations(caller, estateId);
  }

  @Post()
  @InEstate(STAFF)
  propose(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Body() body: ProposeMembershipDto,
    @ActionKey() key: string,
  ): Promise<{ readonly id: string }> {
    return this.memberships.propose(caller, estateId, body, key);
  }

  @Post(':membershipId/confirm')
  @HttpCode(204)
  @InEstate(STAFF)
  confirm(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('membershipId', IdParam) membershipId: string,
  ): Promise<void> {
    return this.memberships.confirm(caller, estateId, membershipId);
  }

  @Post(':membershipId/end')
  @HttpCode(204)
  @InEstate(STAFF)
  end(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('membershipId', IdParam) membershipId: string,
  ): Promise<void> {
    return this.memberships.end(caller, estateId, membershipId);
  }
}
