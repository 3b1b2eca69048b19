import { LEDGERS, type Ledger } from '@linli/shared/fees';
import { IsIn, IsOptional, Matches } from 'class-validator';

export class LedgerQuery {
  @IsOptional()
  @IsIn(LEDGERS)
  ledger: Ledger = 'PROPERTY_FEE';
}

export class ReconciliationQuery extends LedgerQuery {
  @Matches(/^20\d{2}-(0[1-9]|1[0-2])$/)
  month: string;
}
