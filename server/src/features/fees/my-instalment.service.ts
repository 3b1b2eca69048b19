import { Inject, Injectable } from '@nestjs/common';
import type { Instalment, MyInstalment } from '@linli/shared/fees';
import { type Caller, OWNERS } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { BillableUnitsRepository } from './billable-units.repository.ts';
import { RegionFeeRules } from './region-fee-rules.ts';

/** 缴费周期由业主选择: the owner says whether the home pays by the month, the quarter or the year. */
@Injectable()
export class MyInstalmentService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(RegionFeeRules) private readonly rules: RegionFeeRules,
  ) {}

  async read(caller: Caller, estateId: string, unitId: string): Promise<MyInstalment> {
    requireOwn(caller, estateId, unitId);
    const { instalments } = await this.rules.of(this.database, estateId);
    const how = await this.units.unit(this.database, estateId, unitId);
    if (how === null) throw refuse('NOT_FOUND');
    return { unitName: how.unitName, instalment: how.instalment, offered: instalments };
  }

  /** Bills that are issued stay; the next run begins with the first month that none of them covers. */
  async choose(
    caller: Caller,
    estateId: string,
    unitId: string,
    instalment: Instalment,
  ): Promise<MyInstalment> {
    requireOwn(caller, estateId, unitId);
    await this.database.transaction(async (tx) => {
      const { instalments } = await this.rules.of(tx, estateId);
      if (!instalments.includes(instalment)) throw refuse('FEES.INSTALMENT_NOT_OFFERED');
      const before = await this.units.unit(tx, estateId, unitId);
      if (before === null) throw refuse('NOT_FOUND');
      const { commonParkingSpaces, deliveredOn } = before;
      await this.units.setUnit(tx, estateId, unitId, { instalment, commonParkingSpaces, deliveredOn });
      await this.audit.record(tx, caller, {
        action: 'FEES.INSTALMENT_CHOSEN',
        estateId,
        subjectType: 'UNIT',
        subjectId: unitId,
        before: { instalment: before.instalment },
        after: { instalment },
      });
    });
    return this.read(caller, estateId, unitId);
  }
}

/** Another owner's home is not there. */
function requireOwn(caller: Caller, estateId: string, unitId: string): void {
  if (!caller.unitsIn(estateId, OWNERS).includes(unitId)) throw refuse('NOT_FOUND');
}
