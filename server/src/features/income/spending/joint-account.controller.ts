import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { BankImport } from '@linli/shared/reconcile';
import type { JointAccountMonth } from '@linli/shared/spending';
import type { FastifyRequest } from 'fastify';
import { Caller, CurrentCaller, InEstate } from '../../../kernel/access/index.ts';
import { readUpload } from '../../../kernel/files/index.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { TakesFile } from '../../../kernel/http/takes-file.decorator.ts';
import { AccountMonthQuery, ExplainBankDto } from '../dto/spending.dto.ts';
import { JointAccountService } from './joint-account.service.ts';
import { FILERS, SPENDING_DESK } from './spending-actors.ts';

/** The joint account beside the bank's statement 共管账户月度对账: company, committee and street see the same. */
@Controller('estates/:estateId/income/joint-account')
export class JointAccountController {
  constructor(@Inject(JointAccountService) private readonly account: JointAccountService) {}

  @Get()
  @InEstate([...SPENDING_DESK, ...FILERS])
  month(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() { month }: AccountMonthQuery,
  ): Promise<JointAccountMonth> {
    return this.account.month(caller, estateId, month);
  }

  @Post('bank-statements')
  @HttpCode(200)
  @InEstate(SPENDING_DESK)
  @TakesFile()
  async importStatement(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Req() request: FastifyRequest,
  ): Promise<BankImport> {
    return this.account.import(caller, estateId, (await readUpload(request)).body);
  }

  @Post('explanations')
  @HttpCode(204)
  @InEstate(SPENDING_DESK)
  async explain(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Body() body: ExplainBankDto,
  ): Promise<void> {
    await this.account.explain(caller, estateId, body);
  }
}
