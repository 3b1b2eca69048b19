import { Inject, Injectable } from '@nestjs/common';
import type { BallotQrResponse, LoggedBallotResponse } from '@linli/shared/ballot-log';
import { shanghaiDate } from '@linli/shared/kernel';
import { compactReceipt } from '@linli/shared/transparency';
import { ENVIRONMENT } from '../../../config/config.module.ts';
import type { Environment } from '../../../config/environment.ts';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { nodePrimitives } from '../../../kernel/crypto/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { LogReader } from '../../ballot-log/index.ts';
import { checkPageQr } from './check-page-qr.ts';

/** Takes the reader five times, and the day. What a co-owner cast with the own phone is the co-owner's. */
const MAY_READ = `(b.channel = 'ONLINE' AND b.person_id = ?)
  OR EXISTS (SELECT 1 FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
    WHERE v.principal_id = b.principal_id AND o.person_id = ?
      AND (b.channel = 'PAPER' OR b.proxy_role IS NOT NULL OR b.cast_by = v.owner_id))
  OR (b.channel = 'PAPER' AND (
    EXISTS (SELECT 1 FROM assembly_principals p WHERE p.id = b.principal_id AND p.delegate_person_id = ?)
    OR EXISTS (SELECT 1 FROM ballot_mandates u JOIN assembly_mandates m ON m.id = u.mandate_id
      WHERE u.ballot_id = b.id AND m.agent_person_id = ?)
    OR EXISTS (SELECT 1 FROM guardianships g WHERE g.owner_id = b.cast_by AND g.guardian_person_id = ?
      AND g.state = 'IN_FORCE' AND (g.ends_on IS NULL OR g.ends_on > ?))))`;

/**
 * The receipt of a ballot 回执: for who cast it, with the phone or by signature on paper; for the owner whom an agent or a
 * guardian spoke for; and for who shares in the home that a paper spoke for.
 */
@Injectable()
export class ReadReceiptService {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Database) private readonly database: Database,
    @Inject(LogReader) private readonly logs: LogReader,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async ballot({ personId }: Caller, assemblyId: string, ballotId: string): Promise<LoggedBallotResponse> {
    const reader = Array<string>(5).fill(personId);
    const cast = await this.database.row(
      `SELECT b.id FROM ballots b WHERE b.id = ? AND b.assembly_id = ? AND (${MAY_READ})`,
      [ballotId, assemblyId, ...reader, shanghaiDate(this.clock.now())],
    );
    const leaf = cast === null ? null : await this.logs.leafAbout(assemblyId, ballotId);
    if (leaf === null) throw refuse('NOT_FOUND');
    return { ballotId, ...leaf };
  }

  async qr(caller: Caller, assemblyId: string, ballotId: string): Promise<BallotQrResponse> {
    const { receipt } = await this.ballot(caller, assemblyId, ballotId);
    const digits = receipt === null ? null : compactReceipt(nodePrimitives, receipt);
    return { qr: digits === null ? null : await checkPageQr(this.environment, digits) };
  }
}
