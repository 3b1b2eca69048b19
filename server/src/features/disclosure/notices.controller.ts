import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { Notice, NoticeList } from '@linli/shared/disclosure';
import { Caller, CurrentCaller, EVERYONE, InEstate } from '../../kernel/access/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { PageQuery } from '../../kernel/http/paging.ts';
import { CorrectNoticeDto, PublishNoticeDto, WithdrawNoticeDto } from './dto/disclosure.dto.ts';
import { NOTICE_PUBLISHERS, NoticesService } from './notices.service.ts';

@Controller('estates/:estateId/notices')
export class NoticesController {
  constructor(@Inject(NoticesService) private readonly notices: NoticesService) {}

  @Get()
  @InEstate(EVERYONE)
  list(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() query: PageQuery,
  ): Promise<NoticeList> {
    return this.notices.list(caller, estateId, query.after, query.limit);
  }

  @Get(':id')
  @InEstate(EVERYONE)
  view(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<Notice> {
    return this.notices.view(caller, estateId, id);
  }

  @Put(':id/read')
  @HttpCode(204)
  @InEstate(EVERYONE)
  read(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<void> {
    return this.notices.markRead(caller, estateId, id);
  }

  @Post()
  @InEstate(NOTICE_PUBLISHERS)
  publish(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: PublishNoticeDto,
  ): Promise<{ readonly id: string }> {
    return this.notices.publish(caller, estateId, body, key);
  }

  @Post(':id/corrections')
  @InEstate(NOTICE_PUBLISHERS)
  correct(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: CorrectNoticeDto,
  ): Promise<{ readonly id: string }> {
    return this.notices.correct(caller, estateId, id, body, key);
  }

  @Post(':id/withdraw')
  @HttpCode(204)
  @InEstate(NOTICE_PUBLISHERS)
  withdraw(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: WithdrawNoticeDto,
  ): Promise<void> {
    return this.notices.withdraw(caller, estateId, id, body.reason);
  }
}
