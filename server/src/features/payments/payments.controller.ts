import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { PayOrder, ReceiptList } from '@linli/shared/fees';
import type { RefundedReceipt } from '@linli/shared/refunds';
import type { FastifyRequest } from 'fastify';
import { Caller, CurrentCaller, OperatorOnly, Public, SignedIn } from '../../kernel/access/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { PageQuery } from '../../kernel/http/paging.ts';
import { RateLimits } from '../../kernel/rate-limits/rate-limits.ts';
import { CreatePayOrderDto, SetPayeeDto } from './dto/payments.dto.ts';
import { NoticesService } from './notices.service.ts';
import { OrderNoParam } from './order-no.ts';
import { PayOrdersService } from './orders.service.ts';
import { PayeesService } from './payees.service.ts';
import { ReceiptsService } from './receipts.service.ts';

const ORDER_LIMIT = { name: 'pay-order', points: 20, seconds: 60 } as const;

@Controller('me/pay-orders')
export class PayOrdersController {
  constructor(
    @Inject(PayOrdersService) private readonly orders: PayOrdersService,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  @Post()
  @SignedIn()
  async create(
    @CurrentCaller() caller: Caller,
    @ActionKey() key: string,
    @Body() body: CreatePayOrderDto,
  ): Promise<PayOrder> {
    await this.limits.use(ORDER_LIMIT, caller.personId);
    return this.orders.create(caller, body, key);
  }

  @Get(':orderNo')
  @SignedIn()
  view(@CurrentCaller() caller: Caller, @Param('orderNo', OrderNoParam) orderNo: string): Promise<PayOrder> {
    return this.orders.view(caller, orderNo);
  }

  @Post(':orderNo/cancel')
  @HttpCode(200)
  @SignedIn()
  cancel(
    @CurrentCaller() caller: Caller,
    @Param('orderNo', OrderNoParam) orderNo: string,
  ): Promise<PayOrder> {
    return this.orders.cancel(caller, orderNo);
  }
}

@Controller('me/receipts')
export class ReceiptsController {
  constructor(@Inject(ReceiptsService) private readonly receipts: ReceiptsService) {}

  @Get()
  @SignedIn()
  list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<ReceiptList> {
    return this.receipts.list(caller, query.after, query.limit);
  }

  @Get(':id')
  @SignedIn()
  read(@CurrentCaller() caller: Caller, @Param('id', IdParam) id: string): Promise<RefundedReceipt> {
    return this.receipts.read(caller, id);
  }
}

@Controller('estates/:estateId/fees')
export class PaymentDeskController {
  constructor(@Inject(PayeesService) private readonly payees: PayeesService) {}

  @Post('payees')
  @HttpCode(204)
  @OperatorOnly()
  set(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Body() body: SetPayeeDto,
  ): Promise<void> {
    return this.payees.set(caller, estateId, body);
  }
}

@Controller('callbacks')
export class CallbackController {
  constructor(@Inject(NoticesService) private readonly notices: NoticesService) {}

  @Post('wechat-pay')
  @HttpCode(204)
  @Public('WeChat calls it; the signature over the raw bytes says who')
  receive(@Req() request: FastifyRequest & { rawBody?: Buffer }): Promise<void> {
    if (request.rawBody === undefined) throw refuse('FEES.CALLBACK_REFUSED');
    return this.notices.receive(request.headers, request.rawBody);
  }
}
