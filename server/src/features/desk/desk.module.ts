import { Global, Module } from '@nestjs/common';
import { DeskController } from './desk.controller.ts';
import { DeskCounts } from './desk-counts.ts';

/** What waits at each place of the workbench. Global: features bring their counts. */
@Global()
@Module({ controllers: [DeskController], providers: [DeskCounts], exports: [DeskCounts] })
export class DeskModule {}
