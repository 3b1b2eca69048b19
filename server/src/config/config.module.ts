import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Environment } from './environment.ts';

/** Injection token of the frozen {@link Environment}. */
export const ENVIRONMENT = Symbol('Environment');

@Global()
@Module({})
export class ConfigModule {
  static with(environment: Environment): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: ENVIRONMENT, useValue: environment }],
      exports: [ENVIRONMENT],
    };
  }
}
