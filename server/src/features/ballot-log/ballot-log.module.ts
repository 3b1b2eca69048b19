import { Module } from '@nestjs/common';
import { BallotLog } from './ballot-log.service.ts';
import { LogReader } from './log-reader.service.ts';
import { LogSequencer } from './log-sequencer.service.ts';
import { LogTreeRepository } from './log-tree.repository.ts';

/** The transparency log of an assembly 表决日志: RFC 6962 trees with C2SP checkpoints. */
@Module({
  providers: [BallotLog, LogReader, LogSequencer, LogTreeRepository],
  exports: [BallotLog, LogReader, LogSequencer],
})
export class BallotLogModule {}
