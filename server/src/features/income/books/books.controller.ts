import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { LineTrace, QuarterBooks } from '@linli/shared/income';
import type { DecisionCost } from '@linli/shared/spending';
import { BOOK_READERS, Caller, CurrentCaller, InEstate } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { BookLineDto, BooksQuery, RedactVoucherDto, TakeBackLineDto } from '../dto/books.dto.ts';
import { SOMEWHERE_KEEPERS } from '../estate-books.ts';
import { DecisionCostService } from './decision-cost.service.ts';
import { KeepBooksService } from './keep-books.service.ts';
import { KeepVouchersService } from './keep-vouchers.service.ts';
import { ReadBooksService } from './read-books.service.ts';

/** The books behind the statements 公共收益账簿. */
@Controller('estates/:estateId/income')
export class BooksController {
  constructor(
    @Inject(ReadBooksService) private readonly reading: ReadBooksService,
    @Inject(KeepBooksService) private readonly keeping: KeepBooksService,
    @Inject(KeepVouchersService) private readonly vouchers: KeepVouchersService,
    @Inject(DecisionCostService) private readonly costs: DecisionCostService,
  ) {}

  @Get('books')
  @InEstate(SOMEWHERE_KEEPERS)
  quarter(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() { quarter }: BooksQuery,
  ): Promise<QuarterBooks> {
    return this.reading.quarter(caller, estateId, quarter);
  }

  @Post('books/lines')
  @InEstate(SOMEWHERE_KEEPERS)
  async book(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: BookLineDto,
  ): Promise<QuarterBooks> {
    const { quarter } = await this.keeping.book(caller, estateId, body, key);
    return this.reading.quarter(caller, estateId, quarter);
  }

  @Post('books/lines/:id/take-back')
  @HttpCode(200)
  @InEstate(SOMEWHERE_KEEPERS)
  async takeBack(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: TakeBackLineDto,
  ): Promise<QuarterBooks> {
    const quarter = await this.keeping.takeBack(caller, estateId, id, body);
    return this.reading.quarter(caller, estateId, quarter);
  }

  @Post('vouchers/:id/redacted')
  @HttpCode(204)
  @InEstate(SOMEWHERE_KEEPERS)
  redact(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() { fileId }: RedactVoucherDto,
  ): Promise<void> {
    return this.vouchers.redact(caller, estateId, id, fileId);
  }

  @Get('decisions/:decisionId/spends')
  @InEstate(BOOK_READERS)
  cost(
    @Param('estateId', IdParam) estateId: string,
    @Param('decisionId', IdParam) decisionId: string,
  ): Promise<DecisionCost> {
    return this.costs.of(estateId, decisionId);
  }

  @Get('statements/:id/lines/:index/trace')
  @InEstate(BOOK_READERS)
  trace(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Param('index') index: string,
  ): Promise<LineTrace> {
    return this.reading.trace(caller, estateId, id, Number(index));
  }
}
