import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import { qrCodeSvg } from '../../kernel/qr-code/qr-code.ts';

/** The code on a printed statement: it leads to the live page, where a correction would be seen. */
@Injectable()
export class StatementQrService {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  svg(estateId: string, statementId: string): Promise<string> {
    const address = `${this.environment.publicOrigin}/packages/income/pages/statement/index?estateId=${estateId}&id=${statementId}`;
    return qrCodeSvg(address);
  }
}
