import { Inject, Injectable } from '@nestjs/common';
import {
  electorateOf,
  type MatterNumber,
  petitionProgress,
  type PetitionOptions,
  petitionStateAt,
  type PetitionThreshold,
  type StartPetitionRequest,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import { addDays, endOfDay, shanghaiDate } from '@linli/shared/kernel';
import { ROLE_NAMES, type MembershipRole } from '@linli/shared/identity';
import type { RegionProfile } from '@linli/shared/regions';
import { type Caller, COMMITTEE } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { ContentCheck } from '../../../wechat/content-check.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { type AskedOfMeeting, DraftService } from '../convene/draft.service.ts';
import { ElectionsRepository } from '../election/elections.repository.ts';
import { EstateRules } from '../estate-rules.ts';
import { readCurrentRoll } from '../roll/current-roll.ts';
import { factsOf, type Petition, PetitionsRepository } from './petitions.repository.ts';
import { ownersOf, SignPetitionService } from './sign-petition.service.ts';

/** Begins a petition, takes it back, and makes a meeting of it. */
@Injectable()
export class PetitionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PetitionsRepository) private readonly petitions: PetitionsRepository,
    @Inject(SignPetitionService) private readonly signing: SignPetitionService,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(DraftService) private readonly drafts: DraftService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async options(estateId: string): Promise<PetitionOptions> {
    const { meeting, committee, voting } = await this.rules.of(this.database, estateId);
    const roll = await readCurrentRoll(this.database, estateId);
    const { total } = electorateOf(roll, WHOLE_ESTATE, voting);
    const nobody = { heads: 0, areaCentiSqm: 0 };
    const today = shanghaiDate(this.clock.now());
    const sitting = await this.elections.committee(this.database, estateId, today);
    const members = sitting?.members ?? [];
    const names = await this.persons.names(
      this.database,
      members.map((member) => member.person_id),
    );
    return {
      signingDays: meeting.petitionSigningDays,
      conveneDays: meeting.conveneDays,
      meeting: petitionProgress(total, nobody, meeting.petition),
      recall: petitionProgress(total, nobody, { heads: committee.recall.owners, area: null }),
      members: members.map(({ id, person_id, role }) => ({
        membershipId: id,
        name: names.get(person_id) ?? '',
        role: ROLE_NAMES[role as MembershipRole],
      })),
    };
  }

  /** Who begins it signs it first. */
  async start(
    caller: Caller,
    estateId: string,
    request: StartPetitionRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    const profile = await this.rules.of(this.database, estateId);
    if (
      !caller.has(estateId, COMMITTEE) &&
      (await ownersOf(this.database, estateId, caller.personId)).size === 0
    )
      throw refuse('PETITION.NOT_ON_ROLL');
    await this.contentCheck.check(caller, {
      estateId,
      where: 'PETITION.START',
      texts: [request.title, request.text],
    });
    const action = { personId: caller.personId, key, useCase: 'petition.start', body: [estateId, request] };
    try {
      return await this.idempotency.once(action, (tx) => this.begin(tx, caller, estateId, request, profile));
    } catch (error) {
      throw violates(error, 'uq_petitions_open') ? refuse('PETITION.OPEN_ALREADY') : error;
    }
  }

  private async begin(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    { kind, title, text, matter, membershipIds }: StartPetitionRequest,
    profile: RegionProfile,
  ): Promise<{ readonly id: string }> {
    const now = this.clock.now();
    const today = shanghaiDate(now);
    const { meeting } = profile;
    const { petitionSigningDays, conveneDays } = meeting;
    const named = kind === 'RECALL' ? [...new Set(membershipIds)] : [];
    const sitting = await this.elections.committee(tx, estateId, today);
    const inOffice = new Set((sitting?.members ?? []).map((member) => member.id));
    if (kind === 'RECALL' && (named.length === 0 || !named.every((id) => inOffice.has(id))))
      throw refuse('PETITION.MEMBERS');
    const id = this.ids.next();
    await tx.insert('petitions', {
      id,
      estate_id: estateId,
      kind,
      state: 'OPEN',
      title,
      petition_text: text,
      matter: kind === 'RECALL' ? 3 : matter,
      rules_json: JSON.stringify({ threshold: thresholdOf(kind, profile), conveneDays }),
      started_by: caller.personId,
      started_at: now,
      sign_until: endOfDay(addDays(today, petitionSigningDays)),
      total_heads: 0,
      total_area_centi_sqm: 0,
      signed_heads: 0,
      signed_area_centi_sqm: 0,
      reached_at: null,
      committee_until: null,
      street_until: null,
      assembly_id: null,
      open_key: `${estateId}:${caller.personId}`,
    });
    await tx.insert(
      'petition_members',
      ...named.map((membershipId) => ({ petition_id: id, membership_id: membershipId, motion_id: null })),
    );
    await this.record(tx, caller, estateId, id, 'PETITION.STARTED', { kind, matter });
    await this.signing.signIn(tx, caller, estateId, id);
    return { id };
  }

  /** By who began it, while it is open. */
  async withdraw(caller: Caller, estateId: string, petitionId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const petition = await this.find(tx, estateId, petitionId);
      if (petition.startedBy !== caller.personId) throw refuse('PETITION.NOT_YOURS');
      const changed = await tx.run(
        "UPDATE petitions SET state = 'WITHDRAWN', open_key = NULL WHERE id = ? AND state = 'OPEN'",
        [petitionId],
      );
      if (changed === 0) throw refuse('PETITION.NOT_OPEN');
      await this.record(tx, caller, estateId, petitionId, 'PETITION.WITHDRAWN', {});
    });
  }

  /** The one whose duty it is drafts the meeting: what the owners ask for, in their words. */
  async convene(
    caller: Caller,
    estateId: string,
    petitionId: string,
  ): Promise<{ readonly assemblyId: string }> {
    const profile = await this.rules.of(this.database, estateId);
    return this.database.transaction(async (tx) => {
      const petition = await this.find(tx, estateId, petitionId);
      const now = this.clock.now();
      const state = petitionStateAt(factsOf(petition), now);
      if (state !== 'REACHED' && state !== 'WITH_STREET') throw refuse('PETITION.NOT_REACHED');
      if (petition.assemblyId !== null) throw refuse('PETITION.CONVENED');
      const isStreet = caller.has(estateId, ['STREET_OFFICER']);
      if (state === 'WITH_STREET' && !isStreet) throw refuse('PETITION.STREETS_DUTY');
      if (state === 'REACHED' && !caller.has(estateId, COMMITTEE)) throw refuse('PETITION.COMMITTEES_DUTY');
      const members = await this.petitions.members(tx, petitionId);
      const names = await this.persons.names(
        tx,
        members.map(({ personId }) => personId),
      );
      const { id: assemblyId, motionIds } = await this.drafts.plant(tx, {
        estateId,
        convener: state === 'WITH_STREET' ? '街道办事处' : '业主委员会',
        createdBy: caller.personId,
        request: draftOf(
          petition,
          members.map(({ personId }) => names.get(personId) ?? ''),
        ),
        profile,
      });
      for (const [index, { membershipId }] of members.entries())
        await tx.run(
          'UPDATE petition_members SET motion_id = ? WHERE petition_id = ? AND membership_id = ?',
          [motionIds[index] ?? null, petitionId, membershipId],
        );
      const changed = await tx.run(
        `UPDATE petitions SET assembly_id = ? WHERE id = ? AND (assembly_id IS NULL OR EXISTS
           (SELECT 1 FROM assemblies a WHERE a.id = petitions.assembly_id AND a.state = 'CANCELLED'))`,
        [assemblyId, petitionId],
      );
      if (changed === 0) throw refuse('PETITION.CONVENED');
      await this.record(tx, caller, estateId, petitionId, 'PETITION.CONVENED', { assemblyId });
      return { assemblyId };
    });
  }

  private async find(reader: Reader, estateId: string, petitionId: string): Promise<Petition> {
    const petition = await this.petitions.byId(reader, estateId, petitionId);
    if (petition === null) throw refuse('NOT_FOUND');
    return petition;
  }

  private record(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    petitionId: string,
    action: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId,
      subjectType: 'petition',
      subjectId: petitionId,
      after,
    });
  }
}

function thresholdOf(
  kind: StartPetitionRequest['kind'],
  { meeting, committee }: RegionProfile,
): PetitionThreshold {
  return kind === 'RECALL' ? { heads: committee.recall.owners, area: null } : meeting.petition;
}

function draftOf({ kind, title, text, matter }: Petition, members: readonly string[]): AskedOfMeeting {
  const motion = (name: string, what: MatterNumber) => ({
    matter: what,
    title: name.slice(0, 80),
    text,
    scope: WHOLE_ESTATE,
    amountLimitFen: null,
  });
  return {
    title,
    summary: `业主联名提出：${text}`.slice(0, 2_000),
    motions:
      kind === 'RECALL'
        ? members.map((name, index) => motion(`罢免业委会成员：${index + 1}号 ${name}`, 3))
        : [motion(title, matter)],
  };
}
