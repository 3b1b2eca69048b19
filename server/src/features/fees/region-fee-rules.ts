import { Injectable } from '@nestjs/common';
import { type FeeRegionRules, isRegionCode, regionProfile } from '@linli/shared/regions';
import type { Reader } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';

/** What the estate's region says of fees: how households may pay, and whether it publishes reference prices. */
@Injectable()
export class RegionFeeRules {
  async of(reader: Reader, estateId: string): Promise<FeeRegionRules> {
    const estate = await reader.row<{ region_code: string }>('SELECT region_code FROM estates WHERE id = ?', [
      estateId,
    ]);
    if (estate === null) throw refuse('NOT_FOUND');
    return regionProfile(isRegionCode(estate.region_code) ? estate.region_code : 'national').fees;
  }
}
