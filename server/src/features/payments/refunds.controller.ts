import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type {
  AskedResponse,
  BillPayments,
  MyRefunds,
  RefundList,
  UnmatchedMoney,
} from '@linli/shared/refunds';
import { Caller, COMPANY, CurrentCaller, InEstate, SignedIn } from '../../kernel/access/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { AskRefundDto, ChooseCreditDto, DecisionDto, ProposeDto, RefundQuery } from './dto/refunds.dto.ts';
import { AskRefundService } from './refunds/ask-refund.service.ts';
import { CreditsService } from './refunds/credits.service.ts';
import { ProposalsService } from './refunds/proposals.service.ts';
import { RefundDeskService } from './refunds/refund-desk.service.ts';
import { UnmatchedService } from './unmatched.service.ts';

/** The desk where money that fits nothing is settled and money is given back, by two people each time. */
@Controller('estates/:estateId/fees')
export class RefundDeskController {
  constructor(
    @Inject(UnmatchedService) private readonly unmatched: UnmatchedService,
    @Inject(RefundDeskService) private readonly desk: RefundDeskService,
    @Inject(AskRefundService) private readonly asking: AskRefundService,
    @Inject(ProposalsService) private readonly proposals: ProposalsService,
  ) {}

  @Get('unmatched')
  @InEstate(COMPANY)
  listUnmatched(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
  ): Promise<UnmatchedMoney> {
    return this.unmatched.list(caller, estateId);
  }

  @Get('bills/:billId/payments')
  @InEstate(COMPANY)
  payments(
    @Param('estateId', IdParam) estateId: string,
    @Param('billId', IdParam) billId: string,
  ): Promise<BillPayments> {
    return this.desk.paymentsOf(estateId, billId);
  }

  @Get('refunds')
  @InEstate(COMPANY)
  list(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() { state, after, limit }: RefundQuery,
  ): Promise<RefundList> {
    return this.desk.list(caller, estateId, { state, after, limit });
  }

  @Post('refunds')
  @InEstate(COMPANY)
  ask(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: AskRefundDto,
  ): Promise<AskedResponse> {
    return this.asking.ask(caller, estateId, body, key);
  }

  @Post('refunds/:id/decision')
  @HttpCode(204)
  @InEstate(COMPANY)
  decide(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: DecisionDto,
  ): Promise<void> {
    return this.asking.decide(caller, estateId, id, body);
  }

  @Post('refunds/:id/withdraw')
  @HttpCode(204)
  @InEstate(COMPANY)
  withdraw(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<void> {
    return this.asking.withdraw(caller, estateId, id);
  }

  @Post('refunds/:id/retry')
  @HttpCode(204)
  @InEstate(COMPANY)
  retry(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<void> {
    return this.asking.retry(caller, estateId, id);
  }

  @Post('proposals')
  @InEstate(COMPANY)
  propose(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: ProposeDto,
  ): Promise<AskedResponse> {
    return this.proposals.propose(caller, estateId, body, key);
  }

  @Post('proposals/:id/decision')
  @HttpCode(204)
  @InEstate(COMPANY)
  settle(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: DecisionDto,
  ): Promise<void> {
    return this.proposals.decide(caller, estateId, id, body);
  }
}

/** What is owed back to the payer. */
@Controller('me')
export class MyRefundsController {
  constructor(@Inject(CreditsService) private readonly credits: CreditsService) {}

  @Get('refunds')
  @SignedIn()
  mine(@CurrentCaller() caller: Caller): Promise<MyRefunds> {
    return this.credits.mine(caller);
  }

  @Post('credits/:id/choice')
  @HttpCode(200)
  @SignedIn()
  choose(
    @CurrentCaller() caller: Caller,
    @Param('id', IdParam) id: string,
    @Body() body: ChooseCreditDto,
  ): Promise<MyRefunds> {
    return this.credits.choose(caller, id, body);
  }
}
