import { LEDGERS, type Ledger } from '@linli/shared/fees';
import { IsIn, Matches } from 'class-validator';
import { ifGiven } from '../../../kernel/http/fields.ts';

export class LedgerQuery {
  @ifGiven()
  @IsIn(LEDGERS)
  ledger: Ledger = 'PROPERTY_FEE';
}

export class ReconciliationQuery extends LedgerQuery {
  @Matches(/^20\d{2}-(0[1-9]|1[0-2])$/)
  month: string;
}
