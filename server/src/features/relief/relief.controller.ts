import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { MyRelief, ReliefFile, ReliefQueue, ReliefView } from '@linli/shared/relief';
import { Caller, CurrentCaller, InEstate, OWNERS, SignedIn, STREET } from '../../kernel/access/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { AskReliefService } from './ask-relief.service.ts';
import {
  AskReliefDto,
  DecideReliefDto,
  MyReliefQuery,
  ReliefPapersDto,
  ReliefQuery,
  VerifyReliefDto,
} from './dto/relief.dto.ts';
import { JudgeReliefService } from './judge-relief.service.ts';

/** The company has no route here: what it sees is the credit line or the moved day on the bill. */
@Controller('estates/:estateId/relief')
export class ReliefController {
  constructor(
    @Inject(AskReliefService) private readonly asking: AskReliefService,
    @Inject(JudgeReliefService) private readonly judging: JudgeReliefService,
  ) {}

  @Post()
  @InEstate(OWNERS)
  ask(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: AskReliefDto,
  ): Promise<ReliefView> {
    return this.asking.ask(caller, estateId, body, key);
  }

  @Post(':id/resubmission')
  @HttpCode(200)
  @InEstate(OWNERS)
  resubmit(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: ReliefPapersDto,
  ): Promise<ReliefView> {
    return this.asking.resubmit(caller, estateId, id, body);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @InEstate(OWNERS)
  withdraw(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<ReliefView> {
    return this.asking.withdraw(caller, estateId, id);
  }

  @Get()
  @InEstate(STREET)
  queue(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() { state, after, limit }: ReliefQuery,
  ): Promise<ReliefQueue> {
    return this.judging.queue(caller, estateId, { state, after, limit });
  }

  @Get(':id')
  @InEstate(STREET)
  open(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<ReliefFile> {
    return this.judging.open(caller, estateId, id);
  }

  @Post(':id/verification')
  @HttpCode(200)
  @InEstate(['COMMUNITY_OFFICER'])
  verify(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: VerifyReliefDto,
  ): Promise<ReliefFile> {
    return this.judging.verify(caller, estateId, id, body);
  }

  @Post(':id/decision')
  @HttpCode(200)
  @InEstate(['STREET_OFFICER'])
  decide(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: DecideReliefDto,
  ): Promise<ReliefFile> {
    return this.judging.decide(caller, estateId, id, body);
  }
}

@Controller('me/relief')
export class MyReliefController {
  constructor(@Inject(AskReliefService) private readonly asking: AskReliefService) {}

  @Get()
  @SignedIn()
  mine(@CurrentCaller() caller: Caller, @Query() { estateId }: MyReliefQuery): Promise<MyRelief> {
    return this.asking.mine(caller, estateId);
  }
}
