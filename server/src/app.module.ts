import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { ConfigModule } from './config/config.module.ts';
import type { Environment } from './config/environment.ts';
import { FEATURES } from './features/index.ts';
import { AccessGuard } from './kernel/access/index.ts';
import type { Database } from './kernel/database/index.ts';
import { FilesModule } from './kernel/files/files.module.ts';
import { DtoPipe } from './kernel/http/dto.pipe.ts';
import { ErrorFilter } from './kernel/http/error.filter.ts';
import { HealthController } from './kernel/http/health.controller.ts';
import { validation } from './kernel/http/validation.ts';
import { KernelModule, type KernelParts } from './kernel/kernel.module.ts';
import type { PayPort } from './wechat/pay.port.ts';
import { OpenApiController } from './kernel/openapi/openapi.controller.ts';
import { WechatModule } from './wechat/wechat.module.ts';

/** What tests and the demo may stand in for. */
export interface AppParts extends KernelParts {
  readonly pay?: PayPort;
}

@Module({})
export class AppModule {
  static with(environment: Environment, database: Database, parts: AppParts = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(environment),
        KernelModule.with(environment, database, parts),
        WechatModule.with(parts),
        FilesModule,
        ...FEATURES,
      ],
      controllers: [HealthController, OpenApiController],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_PIPE, useFactory: () => new DtoPipe(validation()) },
      ],
    };
  }
}
