import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { SpendingPage, SpendingRequest } from '@linli/shared/spending';
import { BOOK_READERS, Caller, CurrentCaller, InEstate } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import {
  ApplySpendingDto,
  PaySpendingDto,
  ReconcileSpendingDto,
  RejectSpendingDto,
  SpendingQuery,
} from '../dto/spending.dto.ts';
import { ApplySpendingService } from './apply-spending.service.ts';
import { ReadSpendingService } from './read-spending.service.ts';
import { FILERS, SPENDING_DESK } from './spending-actors.ts';
import { SpendingStepsService } from './spending-steps.service.ts';

/** Spending from the public income 支出: applied for, confirmed, filed, paid and compared; the owners read all of it. */
@Controller('estates/:estateId/income/spending')
export class SpendingController {
  constructor(
    @Inject(ReadSpendingService) private readonly reading: ReadSpendingService,
    @Inject(ApplySpendingService) private readonly applying: ApplySpendingService,
    @Inject(SpendingStepsService) private readonly steps: SpendingStepsService,
  ) {}

  @Get()
  @InEstate(BOOK_READERS)
  list(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() { state, decisionId, after, limit }: SpendingQuery,
  ): Promise<SpendingPage> {
    return this.reading.list(caller, estateId, { state, decisionId }, after, limit);
  }

  @Get(':id')
  @InEstate(BOOK_READERS)
  view(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<SpendingRequest> {
    return this.reading.view(caller, estateId, id);
  }

  @Post()
  @InEstate(SPENDING_DESK)
  async apply(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: ApplySpendingDto,
  ): Promise<SpendingRequest> {
    const { id } = await this.applying.apply(caller, estateId, body, key);
    return this.reading.view(caller, estateId, id);
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @InEstate(SPENDING_DESK)
  async confirm(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<SpendingRequest> {
    await this.steps.confirm(caller, estateId, id);
    return this.reading.view(caller, estateId, id);
  }

  @Post(':id/file')
  @HttpCode(200)
  @InEstate(FILERS)
  async file(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<SpendingRequest> {
    await this.steps.file(caller, estateId, id);
    return this.reading.view(caller, estateId, id);
  }

  @Post(':id/pay')
  @HttpCode(200)
  @InEstate(SPENDING_DESK)
  async pay(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: PaySpendingDto,
  ): Promise<SpendingRequest> {
    await this.steps.pay(caller, estateId, id, body);
    return this.reading.view(caller, estateId, id);
  }

  @Post(':id/reconcile')
  @HttpCode(200)
  @InEstate(SPENDING_DESK)
  async reconcile(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() { serial }: ReconcileSpendingDto,
  ): Promise<SpendingRequest> {
    await this.steps.reconcile(caller, estateId, id, serial);
    return this.reading.view(caller, estateId, id);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @InEstate([...SPENDING_DESK, ...FILERS])
  async reject(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() { reason }: RejectSpendingDto,
  ): Promise<SpendingRequest> {
    await this.steps.reject(caller, estateId, id, reason);
    return this.reading.view(caller, estateId, id);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @InEstate(SPENDING_DESK)
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<SpendingRequest> {
    await this.steps.withdraw(caller, estateId, id);
    return this.reading.view(caller, estateId, id);
  }
}
