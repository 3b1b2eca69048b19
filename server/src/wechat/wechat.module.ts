import { Global, Module } from '@nestjs/common';
import { ContentCheck } from './content-check.ts';
import { MiniProgramAdapter } from './mini-program.adapter.ts';
import { MiniProgramPort } from './mini-program.port.ts';
import { PayAdapter } from './pay.adapter.ts';
import { PayPort } from './pay.port.ts';

/** The only way to WeChat. Business code sees the ports and the content check. */
@Global()
@Module({
  providers: [
    ContentCheck,
    { provide: MiniProgramPort, useClass: MiniProgramAdapter },
    { provide: PayPort, useClass: PayAdapter },
  ],
  exports: [ContentCheck, MiniProgramPort, PayPort],
})
export class WechatModule {}
