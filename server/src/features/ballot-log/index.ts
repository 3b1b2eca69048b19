export { BallotLogModule } from './ballot-log.module.ts';
export { BallotLog, type PromisedLeaf } from './ballot-log.service.ts';
export { type LoggedLeaf, type LogHead, LogReader } from './log-reader.service.ts';
export { LogSequencer } from './log-sequencer.service.ts';
