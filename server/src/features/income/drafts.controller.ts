import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { IncomeDesk, IncomeSheetCheck, StatementDraftView } from '@linli/shared/income';
import type { FastifyRequest } from 'fastify';
import { Caller, CurrentCaller, InEstate } from '../../kernel/access/index.ts';
import { readUpload } from '../../kernel/files/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { TakesFile } from '../../kernel/http/takes-file.decorator.ts';
import { CheckIncomeSheetService } from './check-income-sheet.service.ts';
import { ContractsService } from './contracts.service.ts';
import { DraftStatementService } from './draft-statement.service.ts';
import { DraftViewsService } from './draft-views.service.ts';
import {
  AmendStatementDto,
  RegisterContractDto,
  ReturnStatementDto,
  SaveStatementDto,
  SheetQuery,
  StatementStepDto,
} from './dto/income.dto.ts';
import { StatementFromBooksDto } from './dto/books.dto.ts';
import { SOMEWHERE_KEEPERS, WITNESSES } from './estate-books.ts';
import { ReviewStatementService } from './review-statement.service.ts';

const SHEET_BYTES = 5 * 1024 * 1024;

/** The treasurer's side: import, fix, submit; the second person's: publish or return. */
@Controller('estates/:estateId/income')
export class DraftsController {
  constructor(
    @Inject(DraftViewsService) private readonly views: DraftViewsService,
    @Inject(DraftStatementService) private readonly drafts: DraftStatementService,
    @Inject(ReviewStatementService) private readonly review: ReviewStatementService,
    @Inject(CheckIncomeSheetService) private readonly sheets: CheckIncomeSheetService,
    @Inject(ContractsService) private readonly contracts: ContractsService,
  ) {}

  @Get('drafts')
  @InEstate(SOMEWHERE_KEEPERS)
  desk(@CurrentCaller() caller: Caller, @Param('estateId', IdParam) estateId: string): Promise<IncomeDesk> {
    return this.views.desk(caller, estateId);
  }

  @Get('drafts/:id')
  @InEstate(SOMEWHERE_KEEPERS)
  draft(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<StatementDraftView> {
    return this.views.draft(caller, estateId, id);
  }

  @Post('sheet-checks')
  @HttpCode(200)
  @InEstate(SOMEWHERE_KEEPERS)
  @TakesFile()
  async checkSheet(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() query: SheetQuery,
    @Req() request: FastifyRequest,
  ): Promise<IncomeSheetCheck> {
    const { body } = await readUpload(request, SHEET_BYTES);
    return this.sheets.check(caller, estateId, body, query.quarter ?? null);
  }

  @Post('statements')
  @InEstate(SOMEWHERE_KEEPERS)
  async begin(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: SaveStatementDto,
  ): Promise<StatementDraftView> {
    const id = await this.drafts.begin(caller, estateId, body, key);
    return this.views.draft(caller, estateId, id);
  }

  @Post('statements/from-books')
  @InEstate(SOMEWHERE_KEEPERS)
  async beginFromBooks(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() { quarter }: StatementFromBooksDto,
  ): Promise<StatementDraftView> {
    const id = await this.drafts.beginFromBooks(caller, estateId, quarter, key);
    return this.views.draft(caller, estateId, id);
  }

  @Post('statements/:id/from-books')
  @HttpCode(200)
  @InEstate(SOMEWHERE_KEEPERS)
  async takeFromBooks(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() { revision }: StatementStepDto,
  ): Promise<StatementDraftView> {
    await this.drafts.takeFromBooks(caller, estateId, id, revision);
    return this.views.draft(caller, estateId, id);
  }

  @Put('statements/:id')
  @InEstate(SOMEWHERE_KEEPERS)
  async save(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: SaveStatementDto,
  ): Promise<StatementDraftView> {
    await this.drafts.save(caller, estateId, id, body);
    return this.views.draft(caller, estateId, id);
  }

  @Post('statements/:id/discard')
  @HttpCode(204)
  @InEstate(SOMEWHERE_KEEPERS)
  discard(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<void> {
    return this.drafts.discard(caller, estateId, id);
  }

  @Post('statements/:id/submit')
  @HttpCode(200)
  @InEstate(SOMEWHERE_KEEPERS)
  async submit(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: StatementStepDto,
  ): Promise<StatementDraftView> {
    await this.review.submit(caller, estateId, id, body.revision);
    return this.views.draft(caller, estateId, id);
  }

  @Post('statements/:id/take-back')
  @HttpCode(200)
  @InEstate(SOMEWHERE_KEEPERS)
  async takeBack(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<StatementDraftView> {
    await this.review.takeBack(caller, estateId, id);
    return this.views.draft(caller, estateId, id);
  }

  @Post('statements/:id/return')
  @HttpCode(200)
  @InEstate(SOMEWHERE_KEEPERS)
  async giveBack(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: ReturnStatementDto,
  ): Promise<StatementDraftView> {
    await this.review.giveBack(caller, estateId, id, body.reason);
    return this.views.draft(caller, estateId, id);
  }

  @Post('statements/:id/witness')
  @HttpCode(200)
  @InEstate(WITNESSES)
  async witness(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: StatementStepDto,
  ): Promise<StatementDraftView> {
    await this.review.witness(caller, estateId, id, body.revision);
    return this.views.draft(caller, estateId, id);
  }

  @Post('statements/:id/publish')
  @HttpCode(200)
  @InEstate(SOMEWHERE_KEEPERS)
  async publish(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: StatementStepDto,
  ): Promise<StatementDraftView> {
    await this.review.publish(caller, estateId, id, body.revision);
    return this.views.draft(caller, estateId, id);
  }

  @Post('statements/:id/amendments')
  @InEstate(SOMEWHERE_KEEPERS)
  async amend(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: AmendStatementDto,
  ): Promise<StatementDraftView> {
    const draftId = await this.drafts.amend(caller, estateId, id, body, key);
    return this.views.draft(caller, estateId, draftId);
  }

  @Post('contracts')
  @InEstate(SOMEWHERE_KEEPERS)
  registerContract(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: RegisterContractDto,
  ): Promise<{ readonly id: string }> {
    return this.contracts.register(caller, estateId, body, key);
  }
}
