export { AssemblyModule } from './assembly.module.ts';
export { CastBallotService } from './ballots/cast-ballot.service.ts';
export { DelegatesService } from './ballots/delegates.service.ts';
export { ConveneService } from './convene/convene.service.ts';
export { DraftService } from './convene/draft.service.ts';
export {
  type ChargedSpend,
  DecisionsForSpending,
  type NewSpend,
  type SpendReport,
  type SpendSource,
  type SpendSourceKind,
} from './decisions/decisions-for-spending.service.ts';
export { FollowUpService } from './decisions/follow-up.service.ts';
export { DecisionsService } from './decisions/decisions.service.ts';
export { ExtendVotingService } from './extension/extend-voting.service.ts';
export { GrantMandateService } from './proxies/grant-mandate.service.ts';
export { CandidatesService } from './election/candidates.service.ts';
export { ElectionsService } from './election/elections.service.ts';
export { OfficesService } from './election/offices.service.ts';
export { TermsService } from './election/terms.service.ts';
export { PetitionsService } from './petition/petitions.service.ts';
export { SignPetitionService } from './petition/sign-petition.service.ts';
export { OpinionsService } from './opinions.service.ts';
export { ReadAssemblyService } from './read/read-assembly.service.ts';
export {
  DeliveriesService,
  EnterPaperService,
  IssueSlipsService,
  PaperDeskService,
  PaperObjectionsService,
  ReadReturnsService,
  ReceivePaperService,
} from './paper/index.ts';
export { ResultObjectionsService } from './extension/result-objections.service.ts';
export { RollService } from './roll/roll.service.ts';
