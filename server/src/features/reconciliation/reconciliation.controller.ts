import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { BankImport, ReconciliationMonth } from '@linli/shared/reconcile';
import type { FastifyRequest } from 'fastify';
import { Caller, COMPANY, CurrentCaller, InEstate } from '../../kernel/access/index.ts';
import { readUpload } from '../../kernel/files/index.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { TakesFile } from '../../kernel/http/takes-file.decorator.ts';
import { BankStatementsService } from './bank-statements.service.ts';
import { LedgerQuery, ReconciliationQuery } from './dto/reconciliation.dto.ts';
import { ReconciliationViewService } from './reconciliation-view.service.ts';

@Controller('estates/:estateId/reconciliation')
export class ReconciliationController {
  constructor(
    @Inject(ReconciliationViewService) private readonly months: ReconciliationViewService,
    @Inject(BankStatementsService) private readonly bank: BankStatementsService,
  ) {}

  @Get()
  @InEstate(COMPANY)
  month(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() { ledger, month }: ReconciliationQuery,
  ): Promise<ReconciliationMonth> {
    return this.months.month(caller, estateId, ledger, month);
  }

  @Post('bank-statements')
  @HttpCode(200)
  @InEstate(COMPANY)
  @TakesFile()
  async importStatement(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() { ledger }: LedgerQuery,
    @Req() request: FastifyRequest,
  ): Promise<BankImport> {
    return this.bank.import(caller, estateId, ledger, (await readUpload(request)).body);
  }
}
