import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ContentCheck } from './content-check.ts';
import { MessagePushController } from './message-push.controller.ts';
import { MessagePush } from './message-push.ts';
import { MiniProgramAdapter } from './mini-program.adapter.ts';
import { MiniProgramPort } from './mini-program.port.ts';
import { PayAdapter } from './pay.adapter.ts';
import { PayPort } from './pay.port.ts';
import { PictureCheck } from './picture-check.ts';

/** The only way to WeChat. Business code sees the ports and the content checks. */
@Global()
@Module({
  controllers: [MessagePushController],
  providers: [
    ContentCheck,
    MessagePush,
    PictureCheck,
    { provide: MiniProgramPort, useClass: MiniProgramAdapter },
  ],
  exports: [ContentCheck, MiniProgramPort, PictureCheck],
})
export class WechatModule {
  /** Connected to WeChat Pay, or to the merchant that stands in for it. */
  static with({ pay }: { readonly pay?: PayPort }): DynamicModule {
    const gateway = pay === undefined ? { useClass: PayAdapter } : { useValue: pay };
    return {
      module: WechatModule,
      providers: [{ provide: PayPort, ...gateway }],
      exports: [PayPort],
    };
  }
}
