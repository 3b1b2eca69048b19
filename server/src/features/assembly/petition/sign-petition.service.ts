import { Inject, Injectable } from '@nestjs/common';
import {
  conveneDates,
  electorateOf,
  petitionProgress,
  petitionStateAt,
  signedCounts,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import { atLeast, CHINA_HOLIDAYS, formatFullDate, moreThan, shanghaiDate } from '@linli/shared/kernel';
import { type Caller, COMMITTEE, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { InboxService } from '../../notifications/index.ts';
import { petitionPage } from '../election/election-page.ts';
import { ElectionsRepository } from '../election/elections.repository.ts';
import { EstateRules } from '../estate-rules.ts';
import { readCurrentRoll } from '../roll/current-roll.ts';
import { factsOf, type Petition, PetitionsRepository } from './petitions.repository.ts';

/**
 * Signing a petition 联名签名, and taking the signature back. Both first take the petition's row, so that of two who sign
 * at once the second counts the first, and the threshold is crossed once.
 */
@Injectable()
export class SignPetitionService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PetitionsRepository) private readonly petitions: PetitionsRepository,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Signing again changes nothing. */
  async sign(caller: Caller, estateId: string, petitionId: string): Promise<void> {
    await this.refuseStrangers(caller, estateId, petitionId);
    try {
      await this.database.transaction((tx) => this.signIn(tx, caller, estateId, petitionId));
    } catch (error) {
      if (!violates(error, 'uq_petition_signatures_live')) throw error;
    }
  }

  /** In the transaction of who begins the petition too: they sign it first. */
  async signIn(tx: Transaction, caller: Caller, estateId: string, petitionId: string): Promise<void> {
    const petition = await this.take(tx, estateId, petitionId);
    await tx.insert('petition_signatures', {
      id: this.ids.next(),
      petition_id: petitionId,
      estate_id: estateId,
      person_id: caller.personId,
      signed_at: this.clock.now(),
      taken_back_at: null,
      live_key: `${petitionId}:${caller.personId}`,
    });
    await this.record(tx, caller, estateId, petitionId, 'PETITION.SIGNED');
    await this.recount(tx, petition);
  }

  /** Only while it is open: once enough have signed, others rely on it. */
  async takeBack(caller: Caller, estateId: string, petitionId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const petition = await this.take(tx, estateId, petitionId);
      const changed = await tx.run(
        'UPDATE petition_signatures SET taken_back_at = ?, live_key = NULL WHERE live_key = ?',
        [this.clock.now(), `${petitionId}:${caller.personId}`],
      );
      if (changed === 0) return;
      await this.record(tx, caller, estateId, petitionId, 'PETITION.SIGNATURE_TAKEN_BACK');
      await this.recount(tx, petition);
    });
  }

  /** The petition's row, held until the end: the first statement of the transaction writes it. */
  private async take(tx: Transaction, estateId: string, petitionId: string): Promise<Petition> {
    const held = await tx.run(
      "UPDATE petitions SET signed_heads = signed_heads WHERE estate_id = ? AND id = ? AND state = 'OPEN'",
      [estateId, petitionId],
    );
    const petition = await this.petitions.byId(tx, estateId, petitionId);
    if (petition === null) throw refuse('NOT_FOUND');
    const isOpen = petitionStateAt(factsOf(petition), this.clock.now()) === 'OPEN';
    if (held === 0 || !isOpen) throw refuse('PETITION.NOT_OPEN');
    return petition;
  }

  private async refuseStrangers(caller: Caller, estateId: string, petitionId: string): Promise<void> {
    const petition = await this.petitions.byId(this.database, estateId, petitionId);
    if (petition === null) throw refuse('NOT_FOUND');
    if (petition.kind === 'RECALL' && caller.has(estateId, COMMITTEE)) return;
    const own = await ownersOf(this.database, estateId, caller.personId);
    const { voting } = await this.rules.of(this.database, estateId);
    const roll = await readCurrentRoll(this.database, estateId);
    const electorate = electorateOf(roll, WHOLE_ESTATE, voting);
    if (signedCounts(electorate, own).heads > 0) return;
    throw refuse(own.size === 0 ? 'PETITION.NOT_ON_ROLL' : 'PETITION.NOTHING_COUNTED');
  }

  /** By the roll as it is now, as a vote's heads are counted. */
  private async recount(tx: Transaction, petition: Petition): Promise<void> {
    const { id, estateId, rules } = petition;
    const profile = await this.rules.of(tx, estateId);
    const roll = await readCurrentRoll(tx, estateId);
    const { total, principals, find } = electorateOf(roll, WHOLE_ESTATE, profile.voting);
    const signed = signedCounts({ total, principals, find }, await this.petitions.signingOwners(tx, id));
    const byOwners = petitionProgress(total, signed, rules.threshold).reached;
    const reached = byOwners || (await this.isBackedByMembers(tx, petition));
    const now = this.clock.now();
    const dates = conveneDates(now, rules.conveneDays, CHINA_HOLIDAYS);
    const committee = await this.elections.committee(tx, estateId, shanghaiDate(now));
    const hasCommittee = committee !== null && committee.members.length > 0;
    await tx.run(
      `UPDATE petitions SET total_heads = ?, total_area_centi_sqm = ?, signed_heads = ?, signed_area_centi_sqm = ?
       WHERE id = ?`,
      [total.heads, total.areaCentiSqm, signed.heads, signed.areaCentiSqm, id],
    );
    if (!reached) return;
    // Where nobody is in the committee, there is nobody to wait for.
    const until = hasCommittee ? dates.streetUntil : dates.committeeUntil;
    await tx.run(
      `UPDATE petitions SET state = ?, reached_at = ?, committee_until = ?, street_until = ?, open_key = NULL WHERE id = ?`,
      [hasCommittee ? 'REACHED' : 'WITH_STREET', now, hasCommittee ? dates.committeeUntil : null, until, id],
    );
    const by = hasCommittee ? dates.committeeUntil : until;
    await this.tellReached(tx, petition, hasCommittee, formatFullDate(by));
  }

  /** A recall may also come from the committee itself, by the region's share of it (山东 34, 河南 31). */
  private async isBackedByMembers(tx: Transaction, { id, estateId, kind }: Petition): Promise<boolean> {
    if (kind !== 'RECALL') return false;
    const { committee } = await this.rules.of(tx, estateId);
    const { members: backing } = committee.recall;
    const sitting = await this.elections.committee(tx, estateId, shanghaiDate(this.clock.now()));
    const members = sitting?.people ?? [];
    const signers = await this.petitions.signingPersons(tx, id);
    const signed = members.filter((personId) => signers.has(personId)).length;
    return (backing.strict ? moreThan : atLeast)(signed, members.length, backing.share);
  }

  private async tellReached(
    tx: Transaction,
    { id, estateId, title }: Petition,
    hasCommittee: boolean,
    by: string,
  ): Promise<void> {
    await this.audit.record(tx, 'SYSTEM', {
      action: 'PETITION.REACHED',
      estateId,
      subjectType: 'petition',
      subjectId: id,
    });
    const who = hasCommittee ? '业委会' : '街道';
    await this.inbox.post(tx, {
      to: [
        ...(await this.inbox.staffOf(tx, estateId, [...COMMITTEE, ...STREET])),
        ...(await this.inbox.residentsOf(tx, estateId)),
      ],
      estateId,
      kind: 'ASSEMBLY',
      title: '业主联名人数已够',
      body: `《${title}》：${who}应在 ${by}前发出会议通知。`,
      link: petitionPage(id),
    });
  }

  private record(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    petitionId: string,
    action: string,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId,
      subjectType: 'petition',
      subjectId: petitionId,
    });
  }
}

/** The caller's own entries on the register. */
export async function ownersOf(
  reader: Reader,
  estateId: string,
  personId: string,
): Promise<ReadonlySet<string>> {
  const rows = await reader.rows<{ id: string }>(
    'SELECT id FROM owners WHERE person_id = ? AND estate_id = ?',
    [personId, estateId],
  );
  return new Set(rows.map(({ id }) => id));
}
