import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { HomeTodo } from '@linli/shared/home';
import { endOfDay } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { HomeCards } from '../disclosure/index.ts';
import { deferredTo } from '@linli/shared/fees';
import { BillsRepository } from './bills.repository.ts';
import { PAYING_RESIDENTS } from './my-bills.service.ts';

/** What the reader's homes owe, in one card on the first screen. */
@Injectable()
export class BillCard implements OnModuleInit {
  constructor(
    @Inject(HomeCards) private readonly cards: HomeCards,
    @Inject(Database) private readonly database: Database,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
  ) {}

  onModuleInit(): void {
    this.cards.register('BILL', (caller, estateId) => this.of(caller, estateId));
  }

  private async of(caller: Caller, estateId: string): Promise<HomeTodo[]> {
    const unitIds = caller.unitsIn(estateId, PAYING_RESIDENTS);
    if (unitIds.length === 0) return [];
    const open = await this.bills.openOfUnits(this.database, unitIds);
    const [first] = open
      .map(({ id, dueOn, deferrals }) => ({ id, dueOn: deferredTo(dueOn, deferrals) }))
      .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
    if (first === undefined) return [];
    return [
      {
        id: `BILL:${first.id}`,
        kind: 'BILL',
        subjectId: first.id,
        title: '待缴费用',
        detail: `${open.length} 张账单还没有缴`,
        amountFen: open.reduce((sum, { openFen }) => sum + openFen, 0),
        dueAt: endOfDay(first.dueOn),
      },
    ];
  }
}
