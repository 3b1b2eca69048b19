import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { Claim, ClaimFile, ClaimQueue, EstateChoice, UnitChoice } from '@linli/shared/identity';
import type { Page } from '@linli/shared/kernel';
import { Caller, CurrentCaller, InEstate, InSomeEstate, SignedIn } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';
import {
  ClaimDto,
  ClaimQueueQuery,
  DecideClaimDto,
  EstateSearchQuery,
  UnitSearchQuery,
} from '../dto/people.dto.ts';
import { CLAIM_DECIDERS } from './claim-deciders.ts';
import { ClaimsService } from './claims.service.ts';
import { DecideClaimService } from './decide-claim.service.ts';
import { UnitSearchService } from './unit-search.service.ts';

/** A claimant is nobody in the estate yet: finding the home and claiming it only need a sign-in. */
@Controller('estates')
export class EstateClaimsController {
  constructor(
    @Inject(UnitSearchService) private readonly search: UnitSearchService,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(DecideClaimService) private readonly decisions: DecideClaimService,
  ) {}

  @Get()
  @SignedIn()
  estates(@CurrentCaller() caller: Caller, @Query() query: EstateSearchQuery): Promise<Page<EstateChoice>> {
    return this.search.estates(caller, query.q ?? '', query.after, query.limit);
  }

  @Get(':estateId/units/search')
  @SignedIn()
  units(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() query: UnitSearchQuery,
  ): Promise<UnitChoice[]> {
    return this.search.units(caller, estateId, query.q);
  }

  @Post(':estateId/claims')
  @SignedIn()
  submit(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Body() body: ClaimDto,
    @ActionKey() key: string,
  ): Promise<Claim> {
    return this.claims.submit(caller, estateId, body, key);
  }

  @Get(':estateId/claims/:claimId')
  @InEstate(CLAIM_DECIDERS)
  open(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('claimId', IdParam) claimId: string,
  ): Promise<ClaimFile> {
    return this.decisions.open(caller, estateId, claimId);
  }

  @Post(':estateId/claims/:claimId/decision')
  @HttpCode(200)
  @InEstate(CLAIM_DECIDERS)
  decide(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('claimId', IdParam) claimId: string,
    @Body() body: DecideClaimDto,
  ): Promise<ClaimFile> {
    return this.decisions.decide(caller, estateId, claimId, body);
  }
}

@Controller('me')
export class MyClaimsController {
  constructor(@Inject(ClaimsService) private readonly claims: ClaimsService) {}

  @Get('claims')
  @SignedIn()
  mine(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<Page<Claim>> {
    return this.claims.mine(caller, query.after, query.limit);
  }

  @Post('claims/:claimId/withdraw')
  @HttpCode(200)
  @SignedIn()
  withdraw(@CurrentCaller() caller: Caller, @Param('claimId', IdParam) claimId: string): Promise<Claim> {
    return this.claims.withdraw(caller, claimId);
  }

  /** Over all the estates that the caller decides for. */
  @Get('claim-queue')
  @InSomeEstate(CLAIM_DECIDERS)
  queue(@CurrentCaller() caller: Caller, @Query() query: ClaimQueueQuery): Promise<ClaimQueue> {
    const { status, estateId } = query;
    return this.claims.queue(caller, { status, estateId }, query.after, query.limit);
  }
}
