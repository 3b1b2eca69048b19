import type { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { MyPaper, PaperDesk, PaperReturn, PaperReturnDetail, PaperSlip } from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import type { FastifyReply } from 'fastify';
import { Caller, CurrentCaller, InEstate, OWNERS } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import {
  AnswerPaperObjectionDto,
  EnterPaperDto,
  NumberQuery,
  ObjectToPaperDto,
  PrintQuery,
  ReceivePaperDto,
  RecordDeliveryDto,
  ReturnsQuery,
  SlipsQuery,
} from '../dto/paper.dto.ts';
import { DeliveriesService } from './deliveries.service.ts';
import { PAPER_DESK } from './desk-roles.ts';
import { EnterPaperService } from './enter-paper.service.ts';
import { IssueSlipsService } from './issue-slips.service.ts';
import { MyPapersService } from './my-papers.service.ts';
import { PaperDeskService } from './paper-desk.service.ts';
import { PaperObjectionsService } from './paper-objections.service.ts';
import { PrintSlipsService } from './print-slips.service.ts';
import { ReadReturnsService } from './read-returns.service.ts';
import { ReceivePaperService } from './receive-paper.service.ts';

/** Printing and delivery of paper ballots. */
@Controller('estates/:estateId/assemblies/:id/paper')
export class PaperSlipsController {
  constructor(
    @Inject(PaperDeskService) private readonly desk: PaperDeskService,
    @Inject(IssueSlipsService) private readonly issuing: IssueSlipsService,
    @Inject(PrintSlipsService) private readonly printing: PrintSlipsService,
    @Inject(DeliveriesService) private readonly deliveries: DeliveriesService,
  ) {}

  @Get()
  @InEstate(PAPER_DESK)
  read(@Param('estateId', IdParam) estateId: string, @Param('id', IdParam) id: string): Promise<PaperDesk> {
    return this.desk.desk(estateId, id);
  }

  @Post('slips')
  @HttpCode(200)
  @InEstate(PAPER_DESK)
  async issue(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<PaperDesk> {
    await this.issuing.issue(caller, estateId, id);
    return this.desk.desk(estateId, id);
  }

  @Get('slips')
  @InEstate(PAPER_DESK)
  slips(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() query: SlipsQuery,
  ): Promise<Page<PaperSlip>> {
    return this.desk.list(estateId, id, query);
  }

  @Get('slips/by-number')
  @InEstate(PAPER_DESK)
  byNumber(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() { number }: NumberQuery,
  ): Promise<PaperSlip> {
    return this.desk.find(estateId, id, number);
  }

  @Get('slips.pdf')
  @InEstate(PAPER_DESK)
  async print(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() range: PrintQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const pdf = await this.printing.print(caller, estateId, id, range);
    const name = `ballots-${range.from}-${range.to}.pdf`;
    void reply.type('application/pdf').header('content-disposition', `attachment; filename="${name}"`);
    return pdf;
  }

  @Post('slips/:slipId/replace')
  @HttpCode(200)
  @InEstate(PAPER_DESK)
  async replace(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('slipId', IdParam) slipId: string,
  ): Promise<PaperSlip> {
    return this.desk.byId(id, await this.issuing.replace(caller, estateId, id, slipId));
  }

  @Post('deliveries')
  @HttpCode(200)
  @InEstate(PAPER_DESK)
  async deliver(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: RecordDeliveryDto,
  ): Promise<PaperDesk> {
    await this.deliveries.record(caller, estateId, id, body, key);
    return this.desk.desk(estateId, id);
  }
}

/** What was handed in, and how two people read it. */
@Controller('estates/:estateId/assemblies/:id/paper/returns')
export class PaperReturnsController {
  constructor(
    @Inject(ReceivePaperService) private readonly receiving: ReceivePaperService,
    @Inject(EnterPaperService) private readonly entering: EnterPaperService,
    @Inject(ReadReturnsService) private readonly reading: ReadReturnsService,
    @Inject(PaperObjectionsService) private readonly objections: PaperObjectionsService,
  ) {}

  @Get()
  @InEstate(PAPER_DESK)
  list(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Query() query: ReturnsQuery,
  ): Promise<Page<PaperReturn>> {
    return this.reading.list(caller, estateId, id, query);
  }

  @Post()
  @InEstate(PAPER_DESK)
  async receive(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ReceivePaperDto,
  ): Promise<PaperReturnDetail> {
    const returnId = await this.receiving.receive(caller, estateId, id, body, key);
    return this.reading.detail(caller, estateId, id, returnId);
  }

  @Get(':returnId')
  @InEstate(PAPER_DESK)
  detail(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('returnId', IdParam) returnId: string,
  ): Promise<PaperReturnDetail> {
    return this.reading.detail(caller, estateId, id, returnId);
  }

  @Post(':returnId/entries')
  @HttpCode(200)
  @InEstate(PAPER_DESK)
  async enter(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) assemblyId: string,
    @Param('returnId', IdParam) returnId: string,
    @ActionKey() key: string,
    @Body() body: EnterPaperDto,
  ): Promise<PaperReturnDetail> {
    await this.entering.enter(caller, estateId, { assemblyId, returnId }, body, key);
    return this.reading.detail(caller, estateId, assemblyId, returnId);
  }

  @Post(':returnId/objection/answer')
  @HttpCode(200)
  @InEstate(PAPER_DESK)
  async answer(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) assemblyId: string,
    @Param('returnId', IdParam) returnId: string,
    @Body() body: AnswerPaperObjectionDto,
  ): Promise<PaperReturnDetail> {
    await this.objections.answer(caller, estateId, { assemblyId, returnId }, body);
    return this.reading.detail(caller, estateId, assemblyId, returnId);
  }
}

/** 纸质票 of the owner. */
@Controller('estates/:estateId/assemblies/:id/paper/mine')
export class MyPapersController {
  constructor(
    @Inject(MyPapersService) private readonly papers: MyPapersService,
    @Inject(PaperObjectionsService) private readonly objections: PaperObjectionsService,
  ) {}

  @Get()
  @InEstate(OWNERS)
  mine(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<MyPaper[]> {
    return this.papers.mine(caller, estateId, id);
  }

  @Post(':returnId/objection')
  @HttpCode(200)
  @InEstate(OWNERS)
  async object(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) assemblyId: string,
    @Param('returnId', IdParam) returnId: string,
    @Body() { text }: ObjectToPaperDto,
  ): Promise<MyPaper[]> {
    await this.objections.object(caller, estateId, { assemblyId, returnId }, text);
    return this.papers.mine(caller, estateId, assemblyId);
  }
}
