export { BindRollService } from './bind-roll.service.ts';
export { ClaimsService } from './claims/claims.service.ts';
export { DecideClaimService } from './claims/decide-claim.service.ts';
export { InvitationsService } from './homes/invitations.service.ts';
export { MembershipsService } from './memberships/memberships.service.ts';
export { IdentityModule } from './identity.module.ts';
export { PersonsRepository, type Person } from './persons.repository.ts';
export { SessionsService } from './sessions.service.ts';
export { SmsPort } from './sms.ts';
