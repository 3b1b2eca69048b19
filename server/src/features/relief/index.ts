export { ApplyReliefService } from './apply-relief.service.ts';
export { AskReliefService } from './ask-relief.service.ts';
export { JudgeReliefService } from './judge-relief.service.ts';
export { ReliefModule } from './relief.module.ts';
