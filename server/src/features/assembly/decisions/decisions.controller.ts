import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { Decision, DecisionDetail } from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { BOOK_READERS, Caller, COMMITTEE, CurrentCaller, InEstate } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { DecisionQuery, RegisterDecisionDto, ReviewDecisionDto } from '../dto/decision.dto.ts';
import { DecisionsService } from './decisions.service.ts';

@Controller('estates/:estateId/decisions')
export class DecisionsController {
  constructor(@Inject(DecisionsService) private readonly decisions: DecisionsService) {}

  @Get()
  @InEstate(BOOK_READERS)
  list(@Param('estateId', IdParam) estateId: string, @Query() query: DecisionQuery): Promise<Page<Decision>> {
    return this.decisions.list(estateId, query);
  }

  @Get(':id')
  @InEstate(BOOK_READERS)
  detail(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<DecisionDetail> {
    return this.decisions.detail(caller, estateId, id);
  }

  @Post()
  @InEstate(COMMITTEE)
  register(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: RegisterDecisionDto,
  ): Promise<DecisionDetail> {
    return this.decisions.register(caller, estateId, body, key);
  }

  @Post(':id/review')
  @HttpCode(200)
  @InEstate(COMMITTEE)
  review(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: ReviewDecisionDto,
  ): Promise<DecisionDetail> {
    return this.decisions.review(caller, estateId, id, body);
  }
}
