export { BallotLogModule } from './ballot-log.module.ts';
export { BallotLog, type PromisedLeaf } from './ballot-log.service.ts';
export { Cosign } from './cosign.service.ts';
export { LogKeys } from './log-keys.service.ts';
export { type CosignedLog, type LoggedLeaf, LogReader } from './log-reader.service.ts';
export { LogSequencer } from './log-sequencer.service.ts';
export { LogWitnesses } from './log-witnesses.service.ts';
