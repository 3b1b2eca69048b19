import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type {
  PostingQuestionList,
  PostingQuestionView,
  PostingView,
  RadarOverview,
  RadarView,
} from '@linli/shared/disclosure';
import {
  Caller,
  CurrentCaller,
  EVERYONE,
  InEstate,
  InSomeEstate,
  OWNERS,
  STAFF,
  SUPERVISORS,
} from '../../kernel/access/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { PageQuery } from '../../kernel/http/paging.ts';
import { AnswerQuestionDto, AskQuestionDto, PublishPostingDto } from './dto/disclosure.dto.ts';
import { PostingsService } from './postings.service.ts';
import { QuestionsService } from './questions.service.ts';
import { RadarService } from './radar.service.ts';

/** What must be posted, what is, and what owners ask about the rest. */
@Controller()
export class RadarController {
  constructor(
    @Inject(RadarService) private readonly radar: RadarService,
    @Inject(PostingsService) private readonly postings: PostingsService,
    @Inject(QuestionsService) private readonly questions: QuestionsService,
  ) {}

  @Get('oversight/radar')
  @InSomeEstate(SUPERVISORS)
  overview(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<RadarOverview> {
    return this.radar.overview(caller, query.after, query.limit);
  }

  @Get('estates/:estateId/radar')
  @InEstate(EVERYONE)
  view(@Param('estateId', IdParam) estateId: string): Promise<RadarView> {
    return this.radar.view(estateId);
  }

  @Get('estates/:estateId/radar/:code/questions')
  @InEstate(EVERYONE)
  asked(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('code') code: string,
    @Query() query: PageQuery,
  ): Promise<PostingQuestionList> {
    return this.questions.list(caller, estateId, code, query.after, query.limit);
  }

  @Post('estates/:estateId/radar/:code/questions')
  @InEstate(OWNERS)
  ask(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('code') code: string,
    @ActionKey() key: string,
    @Body() body: AskQuestionDto,
  ): Promise<{ readonly id: string }> {
    return this.questions.ask(caller, estateId, code, body.text, key);
  }

  @Post('estates/:estateId/questions/:id/follow')
  @HttpCode(200)
  @InEstate(OWNERS)
  follow(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<PostingQuestionView> {
    return this.questions.follow(caller, estateId, id);
  }

  @Post('estates/:estateId/questions/:id/answer')
  @HttpCode(200)
  @InEstate(STAFF)
  answer(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: AnswerQuestionDto,
  ): Promise<PostingQuestionView> {
    return this.questions.answer(caller, estateId, id, body.text);
  }

  @Get('estates/:estateId/postings/:id')
  @InEstate(EVERYONE)
  posting(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<PostingView> {
    return this.postings.view(estateId, id);
  }

  @Post('estates/:estateId/postings')
  @InEstate(STAFF)
  publish(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: PublishPostingDto,
  ): Promise<{ readonly id: string }> {
    return this.postings.publish(caller, estateId, body, key);
  }

  @Post('estates/:estateId/postings/:id/check')
  @HttpCode(204)
  @InEstate(STAFF)
  check(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<void> {
    return this.postings.check(caller, estateId, id);
  }
}
