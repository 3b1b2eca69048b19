import { Inject, Injectable } from '@nestjs/common';
import type { ContractList, ContractView, RegisterContractRequest } from '@linli/shared/income';
import { fieldError } from '@linli/shared/errors';
import { INCOME_ERRORS } from '@linli/shared/income';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { FilesService } from '../../kernel/files/files.service.ts';
import { toPage } from '../../kernel/http/paging.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { EstateBooks, requireKeeper } from './estate-books.ts';

interface ContractRow {
  id: string;
  contract_no: string;
  counterparty: string;
  subject: string;
  signed_on: string;
  scan_file_id: string;
}

/** Contracts on common parts from before the owners' assembly 前期合同, with their scans for all owners to see. */
@Injectable()
export class ContractsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async list(estateId: string, after: string | undefined, limit: number): Promise<ContractList> {
    const rows = await this.database.rows<ContractRow>(
      `SELECT id, contract_no, counterparty, subject, signed_on, scan_file_id FROM income_contracts
       WHERE estate_id = ? ${after === undefined ? '' : 'AND id < ?'} ORDER BY id DESC LIMIT ${limit + 1}`,
      after === undefined ? [estateId] : [estateId, after],
    );
    const page = toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
    const scans = await this.files.refs(
      this.database,
      page.items.map((row) => row.scan_file_id),
    );
    const byId = new Map(scans.map((file) => [file.id, file]));
    const items = page.items.map((row): ContractView => ({
      id: row.id,
      contractNo: row.contract_no,
      counterparty: row.counterparty,
      subject: row.subject,
      signedOn: row.signed_on,
      scan: byId.get(row.scan_file_id) ?? null,
    }));
    return { items, next: page.next };
  }

  async register(
    caller: Caller,
    estateId: string,
    request: RegisterContractRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    requireKeeper(caller, await this.books.of(this.database, estateId));
    if (request.signedOn > this.books.today())
      throw refuse('INCOME.CONTRACT_IN_FUTURE', {
        fields: [fieldError(INCOME_ERRORS, 'signedOn', 'INCOME.CONTRACT_IN_FUTURE')],
      });
    const action = { personId: caller.personId, key, useCase: `income.contract:${estateId}`, body: request };
    try {
      return await this.idempotency.once(action, async (tx) => {
        const id = this.ids.next();
        await this.files.attach(tx, caller, estateId, 'VOUCHER', [request.scanFileId]);
        await tx.insert('income_contracts', {
          id,
          estate_id: estateId,
          contract_no: request.contractNo,
          counterparty: request.counterparty,
          subject: request.subject,
          signed_on: request.signedOn,
          scan_file_id: request.scanFileId,
          registered_by: caller.personId,
          registered_at: this.clock.now(),
        });
        const { contractNo, signedOn } = request;
        await this.audit.record(tx, caller, {
          action: 'INCOME_CONTRACT.REGISTERED',
          estateId,
          subjectType: 'income_contract',
          subjectId: id,
          after: { contractNo, signedOn },
        });
        return { id };
      });
    } catch (error) {
      throw violates(error, 'uq_income_contracts_number') ? refuse('INCOME.CONTRACT_TAKEN') : error;
    }
  }
}
