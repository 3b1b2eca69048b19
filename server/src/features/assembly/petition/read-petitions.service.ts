import { Inject, Injectable } from '@nestjs/common';
import {
  electorateOf,
  petitionDuty,
  type PetitionDetail,
  petitionProgress,
  type PetitionSigner,
  petitionStateAt,
  type PetitionSummary,
  signedCounts,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import { type Caller, COMMITTEE, OWNERS, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { EstateRules } from '../estate-rules.ts';
import { readCurrentRoll } from '../roll/current-roll.ts';
import { factsOf, type Petition, PetitionsRepository } from './petitions.repository.ts';
import { ownersOf } from './sign-petition.service.ts';

interface SignerRow {
  id: string;
  person_id: string;
  signed_at: number;
}

/** Petitions as everybody reads them: how many have signed, never who. Only who checks the count sees the names. */
@Injectable()
export class ReadPetitionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PetitionsRepository) private readonly petitions: PetitionsRepository,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(
    caller: Caller,
    estateId: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<Page<PetitionSummary>> {
    const found = await this.petitions.page(this.database, estateId, after, limit);
    const signed = await this.petitions.signedBy(
      this.database,
      caller.personId,
      found.map(({ id }) => id),
    );
    return toPage(
      found,
      limit,
      ({ id }) => id,
      (petition) => this.summary(petition, signed.has(petition.id)),
    );
  }

  async detail(caller: Caller, estateId: string, petitionId: string): Promise<PetitionDetail> {
    const petition = await this.find(estateId, petitionId);
    const signed = await this.petitions.signedBy(this.database, caller.personId, [petitionId]);
    const signedByMe = signed.has(petitionId);
    const { voting } = await this.rules.of(this.database, estateId);
    const roll = await readCurrentRoll(this.database, estateId);
    const own = await ownersOf(this.database, estateId, caller.personId);
    const mine = signedCounts(electorateOf(roll, WHOLE_ESTATE, voting), own);
    const members = await this.petitions.members(this.database, petitionId);
    const names = await this.persons.names(
      this.database,
      members.map(({ personId }) => personId),
    );
    const summary = this.summary(petition, signedByMe);
    const isOpen = summary.state === 'OPEN';
    const isMember = petition.kind === 'RECALL' && caller.has(estateId, COMMITTEE);
    const duty = summary.duty.on;
    return {
      ...summary,
      text: petition.text,
      matter: petition.matter,
      members: members.map(({ membershipId, personId, recalledAt }) => ({
        membershipId,
        name: names.get(personId) ?? '',
        recalledAt,
      })),
      startedByMe: petition.startedBy === caller.personId,
      mine: mine.heads === 0 ? null : mine,
      maySign: isOpen && !signedByMe && ((caller.has(estateId, OWNERS) && mine.heads > 0) || isMember),
      mayTakeBack: isOpen && signedByMe,
      mayConvene:
        petition.assemblyId === null &&
        ((duty === 'COMMITTEE' && caller.has(estateId, COMMITTEE)) ||
          (duty === 'STREET' && caller.has(estateId, ['STREET_OFFICER']))),
      maySeeSigners: !isOpen && caller.has(estateId, STREET),
      assemblyId: petition.assemblyId,
    };
  }

  /** 社区 and 街道, once the number is reached; that they looked is on record. */
  async signers(
    caller: Caller,
    estateId: string,
    petitionId: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<Page<PetitionSigner>> {
    const petition = await this.find(estateId, petitionId);
    if (petition.state !== 'REACHED' && petition.state !== 'WITH_STREET')
      throw refuse('PETITION.NOT_REACHED');
    const rows = await this.database.rows<SignerRow>(
      `SELECT id, person_id, signed_at FROM petition_signatures
       WHERE petition_id = ? AND live_key IS NOT NULL ${after === undefined ? '' : 'AND id > ?'}
       ORDER BY id LIMIT ${limit + 1}`,
      [petitionId, ...(after === undefined ? [] : [after])],
    );
    const people = rows.map((row) => row.person_id);
    const names = await this.persons.names(this.database, people);
    const homes = await this.homesOf(estateId, people);
    await this.database.transaction((tx) =>
      this.audit.record(tx, caller, {
        action: 'PETITION.SIGNERS_READ',
        estateId,
        subjectType: 'petition',
        subjectId: petitionId,
      }),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => id,
      (row) => ({
        name: names.get(row.person_id) ?? '',
        homes: (homes.get(row.person_id) ?? []).join('、'),
        signedAt: row.signed_at,
      }),
    );
  }

  private async homesOf(estateId: string, people: readonly string[]): Promise<Map<string, string[]>> {
    if (people.length === 0) return new Map();
    const rows = await this.database.rows<{
      person_id: string;
      building: string;
      entrance: string;
      room: string;
    }>(
      `SELECT o.person_id, b.name AS building, u.entrance, u.room FROM owners o
       JOIN ownerships s ON s.owner_id = o.id JOIN units u ON u.id = s.unit_id JOIN buildings b ON b.id = u.building_id
       WHERE o.estate_id = ? AND o.person_id IN (${people.map(() => '?').join(', ')}) AND u.active = 1
       ORDER BY u.sort_order, u.id`,
      [estateId, ...people],
    );
    const byPerson = Map.groupBy(rows, (row) => row.person_id);
    return new Map(
      [...byPerson].map(([personId, own]) => [
        personId,
        own.map(({ building, entrance, room }) =>
          [building, entrance, room].filter((part) => part !== '').join(' '),
        ),
      ]),
    );
  }

  private summary(petition: Petition, signedByMe: boolean): PetitionSummary {
    const now = this.clock.now();
    const facts = factsOf(petition);
    return {
      id: petition.id,
      kind: petition.kind,
      title: petition.title,
      state: petitionStateAt(facts, now),
      startedAt: petition.startedAt,
      signUntil: petition.signUntil,
      progress: petitionProgress(petition.total, petition.signed, petition.rules.threshold),
      duty: petitionDuty(facts, now),
      signedByMe,
    };
  }

  private async find(estateId: string, petitionId: string): Promise<Petition> {
    const petition = await this.petitions.byId(this.database, estateId, petitionId);
    if (petition === null) throw refuse('NOT_FOUND');
    return petition;
  }
}
