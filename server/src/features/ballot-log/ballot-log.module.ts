import { Module } from '@nestjs/common';
import { BallotLog } from './ballot-log.service.ts';
import { Cosign } from './cosign.service.ts';
import { LogKeys } from './log-keys.service.ts';
import { LogReader } from './log-reader.service.ts';
import { LogSequencer } from './log-sequencer.service.ts';
import { LogTreeRepository } from './log-tree.repository.ts';
import { LogWitnessesController, PublicWitnessController } from './log-witnesses.controller.ts';
import { LogWitnesses } from './log-witnesses.service.ts';

/** The transparency log of an assembly 表决日志: RFC 6962 trees with C2SP checkpoints and cosignatures. */
@Module({
  controllers: [LogWitnessesController, PublicWitnessController],
  providers: [BallotLog, Cosign, LogKeys, LogReader, LogSequencer, LogTreeRepository, LogWitnesses],
  exports: [BallotLog, Cosign, LogKeys, LogReader, LogSequencer, LogWitnesses],
})
export class BallotLogModule {}
