import { DeliveriesService } from './deliveries.service.ts';
import { EnterPaperService } from './enter-paper.service.ts';
import { EntriesRepository } from './entries.repository.ts';
import { HeadsRepository } from './heads.repository.ts';
import { IssueSlipsService } from './issue-slips.service.ts';
import { MyPapersService } from './my-papers.service.ts';
import { PaperBeforeCount } from './paper-before-count.service.ts';
import { PaperDeskService } from './paper-desk.service.ts';
import { PaperMeeting } from './paper-meeting.ts';
import { PaperObjectionsService } from './paper-objections.service.ts';
import { MyPapersController, PaperReturnsController, PaperSlipsController } from './paper.controller.ts';
import { PrintSlipsService } from './print-slips.service.ts';
import { ReadReturnsService } from './read-returns.service.ts';
import { ReceivePaperService } from './receive-paper.service.ts';
import { ReturnsRepository } from './returns.repository.ts';
import { SettlePaperService } from './settle-paper.service.ts';
import { SlipsRepository } from './slips.repository.ts';

export {
  DeliveriesService,
  EnterPaperService,
  IssueSlipsService,
  PaperDeskService,
  PaperObjectionsService,
  ReadReturnsService,
  ReceivePaperService,
};
export { PAPER_DESK } from './desk-roles.ts';
export { PaperBeforeCount } from './paper-before-count.service.ts';
export { annulledBallots, refusedPapers } from './refused-papers.ts';

/** `mine` and `returns` before what takes an id in their place. */
export const PAPER_CONTROLLERS = [MyPapersController, PaperReturnsController, PaperSlipsController];

export const PAPER_PROVIDERS = [
  DeliveriesService,
  EnterPaperService,
  EntriesRepository,
  HeadsRepository,
  IssueSlipsService,
  MyPapersService,
  PaperBeforeCount,
  PaperDeskService,
  PaperMeeting,
  PaperObjectionsService,
  PrintSlipsService,
  ReadReturnsService,
  ReceivePaperService,
  ReturnsRepository,
  SettlePaperService,
  SlipsRepository,
];
