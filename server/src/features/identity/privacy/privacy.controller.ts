import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import type { PersonalExport } from '@linli/shared/identity';
import { Caller, CurrentCaller, SignedIn } from '../../../kernel/access/index.ts';
import { CloseAccountDto } from '../dto/people.dto.ts';
import { CloseAccountService } from './close-account.service.ts';
import { ExportDataService } from './export-data.service.ts';

@Controller('me')
export class PrivacyController {
  constructor(
    @Inject(ExportDataService) private readonly exports: ExportDataService,
    @Inject(CloseAccountService) private readonly account: CloseAccountService,
  ) {}

  @Get('export')
  @SignedIn()
  take(@CurrentCaller() caller: Caller): Promise<PersonalExport> {
    return this.exports.take(caller);
  }

  /** No key: a repeated closure finds the session gone. */
  @Post('deletion')
  @HttpCode(204)
  @SignedIn()
  close(@CurrentCaller() caller: Caller, @Body() _body: CloseAccountDto): Promise<void> {
    return this.account.close(caller);
  }
}
