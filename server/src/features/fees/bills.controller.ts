import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type {
  BillPreviewView,
  BillingTermsView,
  CollectionBill,
  CollectionView,
  IssueBillsResponse,
  MyBills,
  MyInstalment,
  UnitBilling,
  UnitBillingRequest,
} from '@linli/shared/fees';
import { Caller, COMPANY, CurrentCaller, InEstate, OWNERS, SignedIn } from '../../kernel/access/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { CollectionService } from './collection.service.ts';
import {
  BillingTermsDto,
  BillPreviewDto,
  CancelBillDto,
  CollectionQuery,
  InstalmentDto,
  IssueBillsDto,
  MyBillsQuery,
  UnitBillingDto,
} from './dto/fees.dto.ts';
import { IssueBillsService } from './issue-bills.service.ts';
import { MyInstalmentService } from './my-instalment.service.ts';
import { MyBillsService } from './my-bills.service.ts';
import { PRICE_MAKERS } from './schedule.controller.ts';

@Controller('estates/:estateId/fees')
export class BillsController {
  constructor(
    @Inject(IssueBillsService) private readonly issuing: IssueBillsService,
    @Inject(CollectionService) private readonly collection: CollectionService,
    @Inject(MyInstalmentService) private readonly instalments: MyInstalmentService,
  ) {}

  @Post('bill-previews')
  @HttpCode(200)
  @InEstate(COMPANY)
  preview(
    @Param('estateId', IdParam) estateId: string,
    @Body() body: BillPreviewDto,
  ): Promise<BillPreviewView> {
    return this.issuing.preview(estateId, body);
  }

  @Post('bill-runs')
  @InEstate(COMPANY)
  issue(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: IssueBillsDto,
  ): Promise<IssueBillsResponse> {
    return this.issuing.issue(caller, estateId, body, key);
  }

  @Get('collection')
  @InEstate(COMPANY)
  list(
    @Param('estateId', IdParam) estateId: string,
    @Query() query: CollectionQuery,
  ): Promise<CollectionView> {
    const { month, state, ledger, overdue, search, after, limit } = query;
    const filter = { month, state, ledger, overdue: overdue === '1', search, after, limit };
    return this.collection.list(estateId, filter);
  }

  @Get('bills/:id')
  @InEstate(COMPANY)
  bill(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) billId: string,
  ): Promise<CollectionBill> {
    return this.collection.bill(estateId, billId);
  }

  @Post('bills/:id/cancel')
  @HttpCode(200)
  @InEstate(PRICE_MAKERS)
  cancel(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) billId: string,
    @Body() body: CancelBillDto,
  ): Promise<CollectionBill> {
    return this.collection.cancel(caller, estateId, billId, body.reason);
  }

  @Get('terms')
  @InEstate(COMPANY)
  terms(@Param('estateId', IdParam) estateId: string): Promise<BillingTermsView> {
    return this.collection.terms(estateId);
  }

  @Put('terms')
  @InEstate(PRICE_MAKERS)
  setTerms(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Body() body: BillingTermsDto,
  ): Promise<BillingTermsView> {
    return this.collection.setTerms(caller, estateId, body);
  }

  @Get('units/:unitId/billing')
  @InEstate(COMPANY)
  unit(
    @Param('estateId', IdParam) estateId: string,
    @Param('unitId', IdParam) unitId: string,
  ): Promise<UnitBilling> {
    return this.collection.unit(estateId, unitId);
  }

  @Put('units/:unitId/billing')
  @InEstate(PRICE_MAKERS)
  setUnit(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('unitId', IdParam) unitId: string,
    @Body() body: UnitBillingDto,
  ): Promise<UnitBillingRequest> {
    return this.collection.setUnit(caller, estateId, unitId, body);
  }

  @Get('units/:unitId/instalment')
  @InEstate(OWNERS)
  instalment(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('unitId', IdParam) unitId: string,
  ): Promise<MyInstalment> {
    return this.instalments.read(caller, estateId, unitId);
  }

  @Put('units/:unitId/instalment')
  @InEstate(OWNERS)
  chooseInstalment(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('unitId', IdParam) unitId: string,
    @Body() body: InstalmentDto,
  ): Promise<MyInstalment> {
    return this.instalments.choose(caller, estateId, unitId, body.instalment);
  }
}

@Controller('me/bills')
export class MyBillsController {
  constructor(@Inject(MyBillsService) private readonly bills: MyBillsService) {}

  @Get()
  @SignedIn()
  list(@CurrentCaller() caller: Caller, @Query() query: MyBillsQuery): Promise<MyBills> {
    return this.bills.list(caller, query.estateId, query.after, query.limit);
  }
}
