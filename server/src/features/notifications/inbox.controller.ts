import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { Inbox, SubscriptionOffer, UnreadCount } from '@linli/shared/notifications';
import { Caller, CurrentCaller, SignedIn } from '../../kernel/access/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { PageQuery } from '../../kernel/http/paging.ts';
import { ConsentsService } from './consents.service.ts';
import { ReadUpToDto, SubscriptionAnswersDto } from './dto/notifications.dto.ts';
import { ReadInboxService } from './read-inbox.service.ts';

@Controller('me')
export class InboxController {
  constructor(
    @Inject(ReadInboxService) private readonly inbox: ReadInboxService,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
  ) {}

  @Get('inbox')
  @SignedIn()
  list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<Inbox> {
    return this.inbox.list(caller, query.after, query.limit);
  }

  @Get('inbox/unread')
  @SignedIn()
  unread(@CurrentCaller() caller: Caller): Promise<UnreadCount> {
    return this.inbox.unread(caller);
  }

  @Put('inbox/read')
  @HttpCode(204)
  @SignedIn()
  markReadUpTo(@CurrentCaller() caller: Caller, @Body() body: ReadUpToDto): Promise<void> {
    return this.inbox.markReadUpTo(caller, body.upTo);
  }

  @Put('inbox/:messageId/read')
  @HttpCode(204)
  @SignedIn()
  markRead(@CurrentCaller() caller: Caller, @Param('messageId', IdParam) messageId: string): Promise<void> {
    return this.inbox.markRead(caller, messageId);
  }

  @Get('subscriptions')
  @SignedIn()
  offers(@CurrentCaller() caller: Caller): Promise<SubscriptionOffer[]> {
    return this.consents.offers(caller);
  }

  @Post('subscriptions')
  @HttpCode(200)
  @SignedIn()
  answer(
    @CurrentCaller() caller: Caller,
    @Body() body: SubscriptionAnswersDto,
    @ActionKey() key: string,
  ): Promise<SubscriptionOffer[]> {
    return this.consents.answer(caller, body, key);
  }
}
