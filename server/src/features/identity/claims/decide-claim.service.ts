import { Inject, Injectable } from '@nestjs/common';
import {
  IDENTITY_LIMITS,
  samePersonName,
  type ClaimFile,
  type ClaimOwner,
  type ClaimPhoto,
  type DecideClaimRequest,
} from '@linli/shared/identity';
import { DAY_MS, maskPhone } from '@linli/shared/kernel';
import { Audit } from '../../../kernel/audit/audit.ts';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import { Database, type Reader, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { BindRollService } from '../bind-roll.service.ts';
import { PersonsRepository } from '../persons.repository.ts';
import { ResidenciesService } from '../residencies.service.ts';
import { SessionsService } from '../sessions.service.ts';
import { ClaimEvidenceService } from './claim-evidence.service.ts';
import { ClaimsRepository, evidenceOf, type ClaimRow } from './claims.repository.ts';

interface OwnerOnRoll {
  readonly shown: ClaimOwner;
  readonly personId: string | null;
}

/**
 * The committee, the company's manager or the street opens a claim and decides it; never their own. A claim of an
 * owner is tied to an owner of the roll, so that approving one can never make a vote that the roll does not have.
 */
@Injectable()
export class DecideClaimService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(BindRollService) private readonly roll: BindRollService,
    @Inject(ResidenciesService) private readonly residencies: ResidenciesService,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
    @Inject(ClaimEvidenceService) private readonly evidence: ClaimEvidenceService,
  ) {}

  /** Everything that was handed in, names in clear; that somebody looked is recorded. */
  async open(caller: Caller, estateId: string, claimId: string): Promise<ClaimFile> {
    const row = await this.claims.inEstate(this.database, estateId, claimId);
    if (row === null) throw refuse('NOT_FOUND');
    await this.database.transaction((tx) =>
      this.audit.record(tx, caller, {
        action: 'CLAIM.OPENED',
        estateId,
        subjectType: 'claim',
        subjectId: claimId,
      }),
    );
    return this.toFile(this.database, caller, row);
  }

  async decide(
    caller: Caller,
    estateId: string,
    claimId: string,
    request: DecideClaimRequest,
  ): Promise<ClaimFile> {
    const reason = request.reason.trim();
    if (!request.approve && reason === '') throw refuse('CLAIM.REASON');
    const file = await this.database.transaction(async (tx) => {
      const row = await this.claims.inEstate(tx, estateId, claimId);
      if (row === null) throw refuse('NOT_FOUND');
      if (row.person_id === caller.personId) throw refuse('CLAIM.OWN');
      const at = this.clock.now();
      const status = request.approve ? 'APPROVED' : 'REFUSED';
      const settled = await this.claims.settle(tx, claimId, {
        status,
        reason: reason === '' ? null : reason,
        by: caller.personId,
        at,
      });
      if (!settled) throw refuse('CLAIM.DECIDED');
      if (request.approve) await this.moveIn(tx, row, request.ownerId);
      await this.evidence.deleteAt(tx, claimId, at + IDENTITY_LIMITS.evidenceKeptDays * DAY_MS);
      await this.audit.record(tx, caller, {
        action: `CLAIM.${status}`,
        estateId,
        subjectType: 'claim',
        subjectId: claimId,
        before: { status: 'PENDING' },
        after: { status, kind: row.kind, unitId: row.unit_id },
      });
      await this.tell(tx, row, request.approve, reason);
      const after = await this.claims.inEstate(tx, estateId, claimId);
      return { personId: row.person_id, file: await this.toFile(tx, caller, after ?? row) };
    });
    this.sessions.forgetPerson(file.personId);
    return file.file;
  }

  private async moveIn(tx: Transaction, row: ClaimRow, ownerId: string | undefined): Promise<void> {
    if (row.kind === 'OWNER') await this.bindOwner(tx, row, ownerId);
    else
      await this.residencies.admit(tx, {
        personId: row.person_id,
        unitId: row.unit_id,
        estateId: row.estate_id,
        kind: row.kind,
        endsAt: row.residency_ends_at,
        invitedBy: null,
      });
    const person = await this.persons.byId(tx, row.person_id);
    if (person !== null && person.name === null)
      await this.persons.setName(tx, row.person_id, this.claims.nameOf(row));
  }

  private async bindOwner(tx: Transaction, row: ClaimRow, ownerId: string | undefined): Promise<void> {
    const owners = await this.ownersOf(tx, row);
    const matches = owners.filter((owner) =>
      ownerId === undefined ? owner.shown.sameName : owner.shown.ownerId === ownerId,
    );
    const owner =
      matches.find(({ personId }) => personId === null || personId === row.person_id) ?? matches[0];
    if (owner === undefined) throw refuse('CLAIM.NOT_ON_ROLL');
    const bound = await tx.run(
      'UPDATE owners SET person_id = ? WHERE id = ? AND (person_id IS NULL OR person_id = ?)',
      [row.person_id, owner.shown.ownerId, row.person_id],
    );
    if (bound === 0) throw refuse('CLAIM.OWNER_TAKEN');
    await this.roll.addResidencies(tx, row.person_id);
  }

  private async tell(tx: Transaction, row: ClaimRow, approved: boolean, reason: string): Promise<void> {
    const { unitName } = this.claims.toClaim(row, false);
    await this.inbox.post(tx, {
      to: [row.person_id],
      estateId: row.estate_id,
      kind: 'CLAIM',
      title: approved ? '房屋认领已通过' : '房屋认领没有通过',
      body: approved
        ? `${row.estate_name} ${unitName} 已绑定到您的账号。`
        : `${row.estate_name} ${unitName}：${reason}`,
      link: '/packages/people/pages/homes/index',
    });
  }

  private async toFile(reader: Reader, caller: Caller, row: ClaimRow): Promise<ClaimFile> {
    const [refs, owners, names] = await Promise.all([
      this.files.refs(reader, evidenceOf(row)),
      row.kind === 'OWNER' ? this.ownersOf(reader, row) : [],
      this.persons.names(reader, row.decided_by === null ? [] : [row.decided_by]),
    ]);
    const evidence = refs.map(({ id, url, thumbUrl }): ClaimPhoto => ({
      id,
      url,
      thumbUrl: thumbUrl ?? url,
    }));
    return {
      ...this.claims.toClaim(row, true),
      evidence,
      owners: owners.map(({ shown }) => shown),
      decidedByName: row.decided_by === null ? null : (names.get(row.decided_by) ?? null),
      own: row.person_id === caller.personId,
    };
  }

  private async ownersOf(reader: Reader, row: ClaimRow): Promise<OwnerOnRoll[]> {
    const claimant = this.claims.nameOf(row);
    const owners = await reader.rows<{
      id: string;
      name_sealed: string;
      phones_sealed: string | null;
      person_id: string | null;
    }>(
      `SELECT o.id, o.name_sealed, o.phones_sealed, o.person_id FROM ownerships s JOIN owners o ON o.id = s.owner_id
       WHERE s.unit_id = ? ORDER BY s.position, o.id`,
      [row.unit_id],
    );
    return owners.map((owner) => {
      const open = (column: string, sealed: string) =>
        this.cipher.open(sealed, { table: 'owners', column, rowId: owner.id });
      const name = open('name_sealed', owner.name_sealed);
      const phones =
        owner.phones_sealed === null
          ? []
          : (JSON.parse(open('phones_sealed', owner.phones_sealed)) as string[]);
      const shown: ClaimOwner = {
        ownerId: owner.id,
        name,
        phonesMasked: phones.map(maskPhone),
        taken: owner.person_id !== null && owner.person_id !== row.person_id,
        sameName: samePersonName(name, claimant),
      };
      return { shown, personId: owner.person_id };
    });
  }
}
