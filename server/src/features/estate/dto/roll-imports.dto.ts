import { IsIn, IsInt, Max, Min } from 'class-validator';
import {
  ROLL_CHANGE_KINDS,
  ROLL_LIMITS,
  type ApplyRollImportRequest,
  type RollChangeKind,
} from '@linli/shared/estate';
import { PageQuery } from '../../../kernel/http/paging.ts';
import { ifGiven } from '../../../kernel/http/fields.ts';

export class RollChangesQuery extends PageQuery {
  @ifGiven()
  @IsIn(ROLL_CHANGE_KINDS)
  kind?: RollChangeKind;
}

export class ApplyRollImportDto implements ApplyRollImportRequest {
  @IsInt()
  @Min(0)
  rollVersion: number;

  @IsInt()
  @Min(0)
  @Max(ROLL_LIMITS.rows)
  added: number;

  @IsInt()
  @Min(0)
  @Max(ROLL_LIMITS.rows)
  changed: number;

  @IsInt()
  @Min(0)
  removed: number;
}
