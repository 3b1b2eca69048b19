import { Inject, Injectable } from '@nestjs/common';
import {
  IDENTITY_LIMITS,
  type Claim,
  type ClaimQueue,
  type ClaimRequest,
  type ClaimStatus,
} from '@linli/shared/identity';
import type { Page } from '@linli/shared/kernel';
import { Audit } from '../../../kernel/audit/audit.ts';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, violates, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { ContentCheck } from '../../../wechat/content-check.ts';
import { InboxService } from '../../notifications/index.ts';
import { ResidenciesService } from '../residencies.service.ts';
import { CLAIM_DECIDERS, estatesDecided } from './claim-deciders.ts';
import { ClaimEvidenceService } from './claim-evidence.service.ts';
import { ClaimsRepository } from './claims.repository.ts';

/** A person claims a home 房屋认领, and looks at what became of it. Who decides: decide-claim.service.ts. */
@Injectable()
export class ClaimsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
    @Inject(ClaimEvidenceService) private readonly evidence: ClaimEvidenceService,
    @Inject(ResidenciesService) private readonly residencies: ResidenciesService,
  ) {}

  async submit(caller: Caller, estateId: string, request: ClaimRequest, key: string): Promise<Claim> {
    const term =
      request.kind === 'TENANT' ? (request.endsAt ?? 0) > this.clock.now() : request.endsAt === null;
    if (!term) throw refuse('CLAIM.TERM');
    await this.contentCheck.check(caller, {
      estateId,
      where: 'CLAIM.SUBMIT',
      texts: [request.realName, request.note],
    });
    const action = { personId: caller.personId, key, useCase: 'claim.submit', body: [estateId, request] };
    try {
      return await this.idempotency.once(action, (tx) => this.add(tx, caller, estateId, request));
    } catch (error) {
      if (violates(error, 'uq_claims_pending')) throw refuse('CLAIM.PENDING');
      throw error;
    }
  }

  async mine(caller: Caller, after: string | undefined, limit: number): Promise<Page<Claim>> {
    const rows = await this.claims.ofPerson(this.database, caller.personId, after, limit);
    return toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => this.claims.toClaim(row, true),
    );
  }

  async withdraw(caller: Caller, claimId: string): Promise<Claim> {
    return this.database.transaction(async (tx) => {
      const row = await this.claims.byId(tx, claimId);
      if (row === null || row.person_id !== caller.personId) throw refuse('NOT_FOUND');
      const at = this.clock.now();
      const settled = await this.claims.settle(tx, claimId, {
        status: 'WITHDRAWN',
        reason: null,
        by: caller.personId,
        at,
      });
      if (!settled) throw refuse('CLAIM.DECIDED');
      await this.evidence.deleteAt(tx, claimId, at);
      await this.audit.record(tx, caller, {
        action: 'CLAIM.WITHDRAWN',
        estateId: row.estate_id,
        subjectType: 'claim',
        subjectId: claimId,
      });
      return this.claims.toClaim({ ...row, status: 'WITHDRAWN', decided_at: at }, true);
    });
  }

  /** What waits, or was decided, in the estates that the caller decides for. Names are masked until opened. */
  async queue(
    caller: Caller,
    filter: { readonly status: ClaimStatus; readonly estateId: string | undefined },
    after: string | undefined,
    limit: number,
  ): Promise<ClaimQueue> {
    const decided = estatesDecided(caller);
    const { status, estateId } = filter;
    const estateIds = estateId === undefined ? decided : decided.filter((id) => id === estateId);
    const [rows, pending] = await Promise.all([
      this.claims.ofEstates(this.database, estateIds, status, after, limit),
      this.claims.countPending(this.database, decided),
    ]);
    const page = toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => this.claims.toClaim(row, false),
    );
    return { ...page, pending };
  }

  private async add(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    request: ClaimRequest,
  ): Promise<Claim> {
    const unit = await tx.row('SELECT 1 AS found FROM units WHERE estate_id = ? AND id = ? AND active = 1', [
      estateId,
      request.unitId,
    ]);
    if (unit === null) throw refuse('NOT_FOUND');
    if (await this.residencies.holds(tx, caller.personId, request.unitId, [request.kind, 'OWNER']))
      throw refuse('CLAIM.HELD');
    if ((await this.claims.countPendingOf(tx, caller.personId)) >= IDENTITY_LIMITS.pendingClaims)
      throw refuse('CLAIM.TOO_MANY', { params: { max: IDENTITY_LIMITS.pendingClaims } });
    const id = this.ids.next();
    await this.claims.add(tx, {
      ...request,
      id,
      estateId,
      personId: caller.personId,
      createdAt: this.clock.now(),
    });
    await this.files.attach(tx, caller, estateId, 'CLAIM_EVIDENCE', request.evidenceFileIds);
    await this.audit.record(tx, caller, {
      action: 'CLAIM.SUBMITTED',
      estateId,
      subjectType: 'claim',
      subjectId: id,
      after: { unitId: request.unitId, kind: request.kind, evidence: request.evidenceFileIds.length },
    });
    const row = await this.claims.byId(tx, id);
    if (row === null) throw new Error('A claim that was just written is not found');
    const claim = this.claims.toClaim(row, true);
    const deciders = await this.inbox.staffOf(tx, estateId, CLAIM_DECIDERS);
    await this.inbox.post(tx, {
      to: deciders.filter((personId) => personId !== caller.personId),
      estateId,
      kind: 'CLAIM',
      title: '有房屋认领等待核实',
      body: `${claim.unitName} 有人申请认领，请核对证明材料。`,
      link: `/packages/workbench-claims/pages/claims/index?claimId=${id}&estateId=${estateId}`,
    });
    return claim;
  }
}
