import type { CentiSqm } from '../kernel/index.ts';
import type { AreaSource, UnitStatus, UnitUse } from './estate.ts';

/** A person or organisation as one row of a roll names it. */
export interface RollParty {
  readonly name: string;
  readonly idLast4: string | null;
  /** As dialled, digits only. */
  readonly phones: readonly string[];
}

export interface RollOwner extends RollParty {
  /** The same in every row that means the same person; `persons.ts` tells how. */
  readonly personKey: string;
}

/** What a roll says about one unit. */
export interface RollEntry {
  /** Building, entrance and room in one spelling; the same unit has the same key in every import. */
  readonly unitKey: string;
  readonly building: string;
  /** 单元, '' where there is none. */
  readonly entrance: string;
  readonly room: string;
  readonly use: UnitUse;
  readonly exclusiveAreaCentiSqm: CentiSqm;
  readonly grossAreaCentiSqm: CentiSqm | null;
  readonly areaSource: AreaSource;
  readonly status: UnitStatus;
  /** 建设单位; of a unit that is not delivered it is the principal. */
  readonly developer: RollParty | null;
  /** Owners and co-owners; of a unit that is sold but not delivered, the buyers. */
  readonly owners: readonly RollOwner[];
  readonly certificateNo: string | null;
  readonly note: string | null;
}

/** An entry with its row in the sheet. */
export interface RollRow extends RollEntry {
  readonly row: number;
}
