import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { Public } from '../kernel/access/index.ts';
import { refuse } from '../kernel/errors/refused.ts';
import { MessagePush, pictureVerdict, type PushQuery } from './message-push.ts';
import { PictureCheck } from './picture-check.ts';

/** Where WeChat pushes the mini-program's events; it tries thrice until it reads `success`. */
@Controller('callbacks/wechat-push')
export class MessagePushController {
  constructor(
    @Inject(MessagePush) private readonly push: MessagePush,
    @Inject(PictureCheck) private readonly pictures: PictureCheck,
  ) {}

  /** Asked once, when the address is registered in the admin pages. */
  @Get()
  @Public('WeChat asks whether the address is ours; the signature says that it does')
  greet(@Query() query: PushQuery): string {
    const { echostr = '' } = query;
    if (!this.push.genuine(query) || !/^\w{1,64}$/.test(echostr)) throw refuse('NOT_FOUND');
    return echostr;
  }

  @Post()
  @HttpCode(200)
  @Public('WeChat calls it; the signature in the query says who')
  async receive(@Query() query: PushQuery, @Body() body: unknown): Promise<string> {
    const event = this.push.open(query, body);
    if (event === null) throw refuse('NOT_FOUND');
    const verdict = pictureVerdict(event);
    // A verdict may overtake the note of the question; WeChat brings it again.
    if (verdict !== null && !(await this.pictures.settle(verdict))) throw refuse('NOT_FOUND');
    return 'success';
  }
}
