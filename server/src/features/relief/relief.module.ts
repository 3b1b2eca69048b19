import { Module } from '@nestjs/common';
import { FeesModule } from '../fees/index.ts';
import { LedgerModule } from '../ledger/index.ts';
import { ApplyReliefService } from './apply-relief.service.ts';
import { AskReliefService } from './ask-relief.service.ts';
import { JudgeReliefService } from './judge-relief.service.ts';
import { MyReliefController, ReliefController } from './relief.controller.ts';
import { ReliefDesk } from './relief-desk.ts';
import { ReliefPapersService } from './relief-papers.service.ts';
import { ReliefRecords } from './relief-records.ts';
import { ReliefRepository } from './relief.repository.ts';
import { ReliefViews } from './relief-views.ts';

/** 减免、缓缴 of fees for households in hardship: asked by the owner, verified by 社区, granted by 街道. */
@Module({
  imports: [FeesModule, LedgerModule],
  controllers: [MyReliefController, ReliefController],
  providers: [
    ApplyReliefService,
    AskReliefService,
    JudgeReliefService,
    ReliefDesk,
    ReliefPapersService,
    ReliefRecords,
    ReliefRepository,
    ReliefViews,
  ],
  exports: [AskReliefService, JudgeReliefService],
})
export class ReliefModule {}
