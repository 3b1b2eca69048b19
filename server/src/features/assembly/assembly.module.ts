import { Module } from '@nestjs/common';
import { BallotLogModule } from '../ballot-log/index.ts';
import { AssembliesController } from './assemblies.controller.ts';
import { AssembliesRepository } from './assemblies.repository.ts';
import { AssemblyDeskCount } from './assembly-desk-count.ts';
import { CastBallotService } from './ballots/cast-ballot.service.ts';
import {
  DelegatedAssembliesController,
  DeveloperVotesController,
  DevelopersController,
} from './ballots/delegates.controller.ts';
import { DelegatesService } from './ballots/delegates.service.ts';
import { RepresentativesService } from './ballots/representatives.service.ts';
import { TurnoutService } from './ballots/turnout.service.ts';
import { VotingController } from './ballots/voting.controller.ts';
import { AssemblyRecords } from './assembly-records.ts';
import { ConveneController } from './convene/convene.controller.ts';
import { ConveneService } from './convene/convene.service.ts';
import { DraftService } from './convene/draft.service.ts';
import { CountAssemblyService } from './count/count-assembly.service.ts';
import { DecisionsForSpending } from './decisions/decisions-for-spending.service.ts';
import { FollowUpController } from './decisions/follow-up.controller.ts';
import { FollowUpRepository } from './decisions/follow-up.repository.ts';
import { FollowUpService } from './decisions/follow-up.service.ts';
import { DecisionsController } from './decisions/decisions.controller.ts';
import { DecisionsRepository } from './decisions/decisions.repository.ts';
import { DecisionsService } from './decisions/decisions.service.ts';
import { CandidatesService } from './election/candidates.service.ts';
import { CommitteeClockService } from './election/committee-clock.service.ts';
import { ElectionsController } from './election/elections.controller.ts';
import { ElectionsRepository } from './election/elections.repository.ts';
import { ElectionsService } from './election/elections.service.ts';
import { OfficesService } from './election/offices.service.ts';
import { ReadElectionsService } from './election/read-elections.service.ts';
import { SettleElectionService } from './election/settle-election.service.ts';
import { TermsController } from './election/terms.controller.ts';
import { TermsService } from './election/terms.service.ts';
import { EstateRules } from './estate-rules.ts';
import { ExtendVotingService } from './extension/extend-voting.service.ts';
import { ExtensionsController, ResultObjectionsController } from './extension/extension.controller.ts';
import { ResultObjectionsService } from './extension/result-objections.service.ts';
import { OpinionsService } from './opinions.service.ts';
import { PAPER_CONTROLLERS, PAPER_PROVIDERS } from './paper/index.ts';
import { ActingFor } from './proxies/acting-for.ts';
import { EndMandateService } from './proxies/end-mandate.service.ts';
import { GrantMandateService } from './proxies/grant-mandate.service.ts';
import { GuardianshipsController, MyGuardianshipsController } from './proxies/guardianships.controller.ts';
import { GuardianshipsService } from './proxies/guardianships.service.ts';
import { ReadGuardianshipsService } from './proxies/read-guardianships.service.ts';
import { MandatesController, MyMandatesController } from './proxies/mandates.controller.ts';
import { MandatesRepository } from './proxies/mandates.repository.ts';
import { PaperMandatesService } from './proxies/paper-mandates.service.ts';
import { SigningAgents } from './proxies/signing-agents.service.ts';
import { PetitionsController } from './petition/petitions.controller.ts';
import { PetitionsRepository } from './petition/petitions.repository.ts';
import { RecallsService } from './petition/recalls.service.ts';
import { PetitionsService } from './petition/petitions.service.ts';
import { ReadPetitionsService } from './petition/read-petitions.service.ts';
import { SignPetitionService } from './petition/sign-petition.service.ts';
import { SweepPetitionsService } from './petition/sweep-petitions.service.ts';
import { BallotReceipts } from './read/ballot-receipts.ts';
import { AssemblyLog } from './log/assembly-log.service.ts';
import { LogController, LogHeadsController, PublicLogController } from './log/log.controller.ts';
import { ReadLogService } from './log/read-log.service.ts';
import { ReadReceiptService } from './log/read-receipt.service.ts';
import { MyPrincipals } from './read/my-principals.ts';
import { OwnerNames } from './read/owner-names.ts';
import { ReadAssemblyService } from './read/read-assembly.service.ts';
import { FrozenRollRepository } from './roll/frozen-roll.repository.ts';
import { RollCorrectionsService } from './roll/roll-corrections.service.ts';
import { RollService } from './roll/roll.service.ts';
import { VoteCard } from './vote-card.ts';

/** The owners' assembly 业主大会 and the register of what it decided. */
@Module({
  imports: [BallotLogModule],
  controllers: [
    ConveneController,
    VotingController,
    DevelopersController,
    DeveloperVotesController,
    DelegatedAssembliesController,
    MandatesController,
    MyMandatesController,
    GuardianshipsController,
    MyGuardianshipsController,
    ExtensionsController,
    ResultObjectionsController,
    AssembliesController,
    DecisionsController,
    FollowUpController,
    ElectionsController,
    TermsController,
    PetitionsController,
    LogController,
    PublicLogController,
    LogHeadsController,
    ...PAPER_CONTROLLERS,
  ],
  providers: [
    VoteCard,
    ActingFor,
    AssembliesRepository,
    AssemblyDeskCount,
    AssemblyLog,
    AssemblyRecords,
    BallotReceipts,
    CandidatesService,
    CastBallotService,
    CommitteeClockService,
    ConveneService,
    CountAssemblyService,
    DecisionsForSpending,
    DecisionsRepository,
    DecisionsService,
    DelegatesService,
    DraftService,
    EndMandateService,
    ElectionsRepository,
    ElectionsService,
    EstateRules,
    ExtendVotingService,
    FollowUpRepository,
    FollowUpService,
    FrozenRollRepository,
    GrantMandateService,
    GuardianshipsService,
    ReadGuardianshipsService,
    MandatesRepository,
    MyPrincipals,
    OfficesService,
    OpinionsService,
    OwnerNames,
    PaperMandatesService,
    PetitionsRepository,
    PetitionsService,
    RecallsService,
    ReadAssemblyService,
    ReadElectionsService,
    ReadLogService,
    ReadReceiptService,
    ReadPetitionsService,
    RepresentativesService,
    ResultObjectionsService,
    RollCorrectionsService,
    RollService,
    SettleElectionService,
    SigningAgents,
    SignPetitionService,
    SweepPetitionsService,
    TermsService,
    TurnoutService,
    ...PAPER_PROVIDERS,
  ],
  exports: [
    CandidatesService,
    CastBallotService,
    ConveneService,
    DecisionsForSpending,
    DecisionsService,
    DelegatesService,
    DraftService,
    ExtendVotingService,
    FollowUpService,
    GrantMandateService,
    ElectionsService,
    OfficesService,
    OpinionsService,
    PetitionsService,
    ReadAssemblyService,
    ResultObjectionsService,
    RollService,
    SignPetitionService,
    TermsService,
  ],
})
export class AssemblyModule {}
