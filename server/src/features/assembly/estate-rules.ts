import { Injectable } from '@nestjs/common';
import { isRegionCode, regionProfile, type RegionProfile } from '@linli/shared/regions';
import type { Reader } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';

/** The law of the place: the profile of the estate's region 地区规则. */
@Injectable()
export class EstateRules {
  async of(reader: Reader, estateId: string): Promise<RegionProfile> {
    const estate = await reader.row<{ region_code: string }>('SELECT region_code FROM estates WHERE id = ?', [
      estateId,
    ]);
    if (estate === null) throw refuse('NOT_FOUND');
    return regionProfile(isRegionCode(estate.region_code) ? estate.region_code : 'national');
  }
}
