import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { AccountPage, EntryPage, EntryTrace, TrialBalanceView } from '@linli/shared/ledger';
import type { EstateRole } from '@linli/shared/identity';
import { Caller, CurrentCaller, InEstate, SignedIn, STREET } from '../../kernel/access/index.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { AccountsQuery, EntriesQuery, TraceQuery } from './dto/ledger.dto.ts';
import { ReadLedgerService } from './read-ledger.service.ts';

/** Who keeps the money, who keeps an eye on it for the owners, and who supervises both. */
const LEDGER_READERS = [
  'COMPANY_MANAGER',
  'COMMITTEE_TREASURER',
  ...STREET,
] as const satisfies readonly EstateRole[];

@Controller('estates/:estateId/ledger')
export class LedgerController {
  constructor(@Inject(ReadLedgerService) private readonly ledger: ReadLedgerService) {}

  @Get('trial-balance')
  @InEstate(LEDGER_READERS)
  trialBalance(@Param('estateId', IdParam) estateId: string): Promise<TrialBalanceView> {
    return this.ledger.trialBalance(estateId);
  }

  @Get('accounts')
  @InEstate(LEDGER_READERS)
  accounts(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() { book, kind, after, limit }: AccountsQuery,
  ): Promise<AccountPage> {
    return this.ledger.accounts(caller, { estateId, book, kind }, after, limit);
  }

  @Get('entries')
  @InEstate(LEDGER_READERS)
  entries(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() { book, kind, subject = '', after, limit }: EntriesQuery,
  ): Promise<EntryPage> {
    return this.ledger.ofAccount(caller, { estateId, book, kind, subject }, after, limit);
  }

  @Get('traces')
  @InEstate(LEDGER_READERS)
  trace(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() { kind, id }: TraceQuery,
  ): Promise<EntryTrace> {
    return this.ledger.trace(caller, estateId, { kind, id });
  }
}

@Controller('me/ledger')
export class MyLedgerController {
  constructor(@Inject(ReadLedgerService) private readonly ledger: ReadLedgerService) {}

  @Get('bills/:id')
  @SignedIn()
  bill(@CurrentCaller() caller: Caller, @Param('id', IdParam) billId: string): Promise<EntryTrace> {
    return this.ledger.ofMyBill(caller, billId);
  }

  @Get('receipts/:id')
  @SignedIn()
  receipt(@CurrentCaller() caller: Caller, @Param('id', IdParam) receiptId: string): Promise<EntryTrace> {
    return this.ledger.ofMyReceipt(caller, receiptId);
  }
}
