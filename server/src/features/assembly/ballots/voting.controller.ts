import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { AssemblyDetail, BallotReceipt, OpinionSummary, RollObjection } from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { Caller, CurrentCaller, EVERYONE, InEstate, OWNERS } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';
import {
  CastBallotDto,
  ChooseRepresentativeDto,
  GiveOpinionDto,
  ObjectToRollDto,
} from '../dto/assembly.dto.ts';
import { OpinionsService } from '../opinions.service.ts';
import { ReadAssemblyService } from '../read/read-assembly.service.ts';
import { RollService } from '../roll/roll.service.ts';
import { CastBallotService } from './cast-ballot.service.ts';
import { RepresentativesService } from './representatives.service.ts';

/** What owners do in a meeting. */
@Controller('estates/:estateId/assemblies/:id')
export class VotingController {
  constructor(
    @Inject(CastBallotService) private readonly ballots: CastBallotService,
    @Inject(RepresentativesService) private readonly representatives: RepresentativesService,
    @Inject(OpinionsService) private readonly opinionsService: OpinionsService,
    @Inject(RollService) private readonly roll: RollService,
    @Inject(ReadAssemblyService) private readonly assemblies: ReadAssemblyService,
  ) {}

  /** Open to all by role: the frozen roll decides who votes, and says why somebody does not. */
  @Post('ballots')
  @InEstate(EVERYONE)
  cast(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: CastBallotDto,
  ): Promise<BallotReceipt> {
    return this.ballots.cast(caller, estateId, id, body, key);
  }

  @Get('ballots/mine')
  @InEstate(EVERYONE)
  mine(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<BallotReceipt>> {
    return this.assemblies.myBallots(caller, estateId, id, query);
  }

  @Put('representative')
  @InEstate(OWNERS)
  async chooseRepresentative(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: ChooseRepresentativeDto,
  ): Promise<AssemblyDetail> {
    await this.representatives.choose(caller, estateId, id, body);
    return this.assemblies.detail(caller, estateId, id);
  }

  @Get('opinions')
  @InEstate(EVERYONE)
  opinions(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<OpinionSummary[]> {
    return this.opinionsService.summary(caller, estateId, id);
  }

  @Post('opinions')
  @HttpCode(200)
  @InEstate(OWNERS)
  giveOpinion(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: GiveOpinionDto,
  ): Promise<OpinionSummary[]> {
    return this.opinionsService.give(caller, estateId, id, body);
  }

  @Post('roll/objections')
  @InEstate(OWNERS)
  object(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ObjectToRollDto,
  ): Promise<RollObjection> {
    return this.roll.object(caller, estateId, id, body, key);
  }
}
