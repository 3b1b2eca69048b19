import { Inject, Injectable } from '@nestjs/common';
import type { Ledger, SetPayeeRequest } from '@linli/shared/fees';
import { shanghaiDate, type CalendarDate } from '@linli/shared/kernel';
import { ORDINARY_RATE } from '@linli/shared/reconcile';
import { Audit, type Actor } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Ids } from '../../kernel/ids/ids.ts';

/** Where a ledger's money goes 收款账户. */
export interface Payee {
  readonly id: string;
  readonly holderName: string;
  readonly mchId: string;
}

/** Payees: one for each ledger of an estate, and no merchant number for two ledgers. */
@Injectable()
export class PayeesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async of(reader: Reader, estateId: string, ledger: Ledger): Promise<Payee | null> {
    const row = await reader.row<{ id: string; holder_name: string; mch_id: string }>(
      'SELECT id, holder_name, mch_id FROM payees WHERE estate_id = ? AND ledger = ?',
      [estateId, ledger],
    );
    return row === null ? null : { id: row.id, holderName: row.holder_name, mchId: row.mch_id };
  }

  async holderName(reader: Reader, payeeId: string): Promise<string> {
    const row = await reader.row<{ holder_name: string }>('SELECT holder_name FROM payees WHERE id = ?', [
      payeeId,
    ]);
    return row?.holder_name ?? '';
  }

  /** Whether the merchant number serves one estate only. */
  async isAlone(reader: Reader, mchId: string): Promise<boolean> {
    return ((await this.merchant(reader, mchId))?.estateId ?? null) !== null;
  }

  /** Which book a merchant number serves, and which estate where it is one alone; null where it serves none. */
  async merchant(
    reader: Reader,
    mchId: string,
  ): Promise<{ readonly mchId: string; readonly book: Ledger; readonly estateId: string | null } | null> {
    const rows = await reader.rows<{ estate_id: string; ledger: Ledger }>(
      'SELECT estate_id, ledger FROM payees WHERE mch_id = ? LIMIT 2',
      [mchId],
    );
    const [first] = rows;
    if (first === undefined) return null;
    return { mchId, book: first.ledger, estateId: rows.length === 1 ? first.estate_id : null };
  }

  /** Orders and receipts that exist keep the payee they were made for. */
  async set(
    actor: Actor,
    estateId: string,
    { ledger, holderName, mchId, feeRateHundredthPercent }: SetPayeeRequest,
  ): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        if ((await tx.row('SELECT id FROM estates WHERE id = ?', [estateId])) === null)
          throw refuse('NOT_FOUND');
        await this.claimMerchant(tx, mchId, ledger);
        if (feeRateHundredthPercent !== undefined)
          await tx.run('UPDATE merchants SET fee_rate = ? WHERE mch_id = ?', [
            feeRateHundredthPercent,
            mchId,
          ]);
        const known = await this.of(tx, estateId, ledger);
        if (known === null)
          await tx.insert('payees', {
            id: this.ids.next(),
            estate_id: estateId,
            ledger,
            holder_name: holderName,
            mch_id: mchId,
            created_at: this.clock.now(),
          });
        else
          await tx.run('UPDATE payees SET holder_name = ?, mch_id = ? WHERE id = ?', [
            holderName,
            mchId,
            known.id,
          ]);
        await this.audit.record(tx, actor, {
          action: 'PAYMENT.PAYEE_SET',
          estateId,
          subjectType: 'PAYEE',
          subjectId: `${estateId}:${ledger}`,
          before: known,
          after: { holderName, mchId },
        });
      });
    } catch (error) {
      if (violates(error, 'uq_merchants_ledger') || violates(error, 'uq_payees_ledger'))
        throw refuse('FEES.PAYEE_LEDGER');
      throw error;
    }
  }

  /** The day on which a merchant number first served an estate; null where it serves none. */
  async firstDayOf(reader: Reader, mchId: string): Promise<CalendarDate | null> {
    const row = await reader.row<{ first: number | null }>(
      'SELECT MIN(created_at) AS first FROM payees WHERE mch_id = ?',
      [mchId],
    );
    return row === null || row.first === null ? null : shanghaiDate(Number(row.first));
  }

  /** 费率, agreed with WeChat Pay, in hundredths of a percent. */
  async feeRate(reader: Reader, mchId: string): Promise<number> {
    const row = await reader.row<{ fee_rate: number }>('SELECT fee_rate FROM merchants WHERE mch_id = ?', [
      mchId,
    ]);
    return row?.fee_rate ?? ORDINARY_RATE;
  }

  private async claimMerchant(tx: Transaction, mchId: string, ledger: Ledger): Promise<void> {
    const merchant = await tx.row<{ ledger: Ledger }>('SELECT ledger FROM merchants WHERE mch_id = ?', [
      mchId,
    ]);
    if (merchant === null) await tx.insert('merchants', { mch_id: mchId, ledger });
    else if (merchant.ledger !== ledger) throw refuse('FEES.PAYEE_LEDGER');
  }
}
