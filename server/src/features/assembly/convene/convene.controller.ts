import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type {
  AssemblyDetail,
  AssemblyDraft,
  ConveningOptions,
  ConveningReport,
  OpinionEntry,
  RollObjection,
  RollObjectionEntry,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { Caller, CurrentCaller, InEstate } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';
import { CONVENERS } from '../conveners.ts';
import { AnswerObjectionDto, AssemblyDraftDto, GivenReasonDto } from '../dto/assembly.dto.ts';
import { OpinionsService } from '../opinions.service.ts';
import { ReadAssemblyService } from '../read/read-assembly.service.ts';
import { RollService } from '../roll/roll.service.ts';
import { ConveneService } from './convene.service.ts';
import { DraftService } from './draft.service.ts';

/** What conveners do 召集: the stepper's pages, and the answers to objections. */
@Controller('estates/:estateId/assemblies')
export class ConveneController {
  constructor(
    @Inject(DraftService) private readonly drafts: DraftService,
    @Inject(ConveneService) private readonly convene: ConveneService,
    @Inject(ReadAssemblyService) private readonly assemblies: ReadAssemblyService,
    @Inject(OpinionsService) private readonly opinions: OpinionsService,
    @Inject(RollService) private readonly roll: RollService,
  ) {}

  @Get('convening/options')
  @InEstate(CONVENERS)
  options(@Param('estateId', IdParam) estateId: string): Promise<ConveningOptions> {
    return this.drafts.options(estateId);
  }

  @Post()
  @InEstate(CONVENERS)
  create(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: AssemblyDraftDto,
  ): Promise<AssemblyDraft> {
    return this.drafts.create(caller, estateId, body, key);
  }

  @Put(':id')
  @InEstate(CONVENERS)
  save(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: AssemblyDraftDto,
  ): Promise<AssemblyDraft> {
    return this.drafts.save(caller, estateId, id, body);
  }

  @Get(':id/draft')
  @InEstate(CONVENERS)
  draft(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<AssemblyDraft> {
    return this.drafts.read(estateId, id);
  }

  @Get(':id/check')
  @InEstate(CONVENERS)
  check(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<ConveningReport> {
    return this.convene.check(estateId, id);
  }

  @Post(':id/ask-opinions')
  @HttpCode(200)
  @InEstate(CONVENERS)
  async askOpinions(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<AssemblyDetail> {
    await this.convene.askOpinions(caller, estateId, id);
    return this.assemblies.detail(caller, estateId, id);
  }

  @Post(':id/redraft')
  @HttpCode(200)
  @InEstate(CONVENERS)
  async redraft(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<AssemblyDetail> {
    await this.convene.redraft(caller, estateId, id);
    return this.assemblies.detail(caller, estateId, id);
  }

  @Post(':id/notify')
  @HttpCode(200)
  @InEstate(CONVENERS)
  async notify(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<AssemblyDetail> {
    await this.convene.notify(caller, estateId, id);
    return this.assemblies.detail(caller, estateId, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @InEstate(CONVENERS)
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: GivenReasonDto,
  ): Promise<AssemblyDetail> {
    await this.convene.cancel(caller, estateId, id, body.reason);
    return this.assemblies.detail(caller, estateId, id);
  }

  @Post(':id/motions/:motionId/withdraw')
  @HttpCode(200)
  @InEstate(CONVENERS)
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('motionId', IdParam) motionId: string,
    @Body() body: GivenReasonDto,
  ): Promise<AssemblyDetail> {
    await this.convene.withdrawMotion(caller, estateId, id, motionId, body.reason);
    return this.assemblies.detail(caller, estateId, id);
  }

  @Get(':id/opinions/entries')
  @InEstate(CONVENERS)
  opinionEntries(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<OpinionEntry>> {
    return this.opinions.entries(estateId, id, query);
  }

  @Get(':id/roll/objections')
  @InEstate(CONVENERS)
  objections(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<RollObjectionEntry>> {
    return this.roll.objections(estateId, id, query);
  }

  @Post(':id/roll/objections/:objectionId/answer')
  @HttpCode(200)
  @InEstate(CONVENERS)
  answerObjection(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('objectionId', IdParam) objectionId: string,
    @Body() body: AnswerObjectionDto,
  ): Promise<RollObjection> {
    return this.roll.answer(caller, estateId, id, objectionId, body);
  }
}
