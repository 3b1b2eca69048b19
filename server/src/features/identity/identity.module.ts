import { Global, Module } from '@nestjs/common';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import { Sessions } from '../../kernel/access/index.ts';
import { Openids } from '../../wechat/openids.ts';
import { AuthController } from './auth.controller.ts';
import { BindRollService } from './bind-roll.service.ts';
import { ClaimDesk } from './claims/claim-desk.ts';
import { ClaimEvidenceService } from './claims/claim-evidence.service.ts';
import { EstateClaimsController, MyClaimsController } from './claims/claims.controller.ts';
import { ClaimsRepository } from './claims/claims.repository.ts';
import { ClaimsService } from './claims/claims.service.ts';
import { DecideClaimService } from './claims/decide-claim.service.ts';
import { UnitSearchService } from './claims/unit-search.service.ts';
import { ConfirmPersonService } from './confirm-person.service.ts';
import { DemoService } from './demo.service.ts';
import { HomePeopleService } from './homes/home-people.service.ts';
import { HomesController } from './homes/homes.controller.ts';
import { InvitationsService } from './homes/invitations.service.ts';
import { MeController } from './me.controller.ts';
import { MeService } from './me.service.ts';
import { MembershipsController } from './memberships/memberships.controller.ts';
import { MembershipsService } from './memberships/memberships.service.ts';
import { ReadMembershipsService } from './memberships/read-memberships.service.ts';
import { OutlivedSignIns } from './outlived-sign-ins.ts';
import { PersonOpenids } from './person-openids.ts';
import { PersonsRepository } from './persons.repository.ts';
import { CloseAccountService } from './privacy/close-account.service.ts';
import { ExportDataService } from './privacy/export-data.service.ts';
import { IdentityRecords } from './privacy/identity-records.ts';
import { PrivacyController } from './privacy/privacy.controller.ts';
import { ResidenciesService } from './residencies.service.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInService } from './sign-in.service.ts';
import { ConsoleSms, NoSms, SmsPort } from './sms.ts';
import { SmsCodesService } from './sms-codes.service.ts';
import { WechatSignInService } from './wechat-sign-in.service.ts';

/** People, sign-in and sessions. Global: the access guard of every route stands on it. */
@Global()
@Module({
  controllers: [
    AuthController,
    EstateClaimsController,
    HomesController,
    MeController,
    MembershipsController,
    MyClaimsController,
    PrivacyController,
  ],
  providers: [
    BindRollService,
    ClaimDesk,
    ClaimEvidenceService,
    ClaimsRepository,
    ClaimsService,
    CloseAccountService,
    ConfirmPersonService,
    DecideClaimService,
    DemoService,
    ExportDataService,
    HomePeopleService,
    IdentityRecords,
    InvitationsService,
    MembershipsService,
    MeService,
    OutlivedSignIns,
    PersonsRepository,
    ReadMembershipsService,
    ResidenciesService,
    SessionsService,
    SignInService,
    SmsCodesService,
    UnitSearchService,
    WechatSignInService,
    { provide: Openids, useClass: PersonOpenids },
    { provide: Sessions, useExisting: SessionsService },
    {
      provide: SmsPort,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => (environment.production ? new NoSms() : new ConsoleSms()),
    },
  ],
  exports: [
    BindRollService,
    ClaimsService,
    ConfirmPersonService,
    DecideClaimService,
    InvitationsService,
    MembershipsService,
    Openids,
    PersonsRepository,
    ReadMembershipsService,
    Sessions,
    SessionsService,
  ],
})
export class IdentityModule {}
