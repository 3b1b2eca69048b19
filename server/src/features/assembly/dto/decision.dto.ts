import {
  DECISION_LIMITS,
  DECISION_STATUSES,
  MATTER_NUMBERS,
  VOTE_CLASSES,
  type DecisionStatus,
  type MatterNumber,
  type RegisterDecisionRequest,
  type ReviewDecisionRequest,
  type VoteClass,
} from '@linli/shared/assembly';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, ifGiven, trimmed } from '../../../kernel/http/fields.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';

export class DecisionQuery extends PageQuery {
  @ifGiven()
  @IsIn(DECISION_STATUSES)
  status?: DecisionStatus;

  /** 1: only those that are late. */
  @ifGiven()
  @Transform(({ value }: { value: unknown }) => value === '1')
  @IsBoolean()
  overdue?: boolean;
}

export class RegisterDecisionDto implements RegisterDecisionRequest {
  @trimmed
  @IsString()
  @Length(DECISION_LIMITS.numberLength.min, DECISION_LIMITS.numberLength.max, {
    message: '请填写决定上的编号，2 到 40 个字',
  })
  number: string;

  @IsCalendarDate('请选择决定的日期')
  decidedOn: string;

  @IsIn(MATTER_NUMBERS)
  matter: MatterNumber;

  @IsIn(VOTE_CLASSES)
  voteClass: VoteClass;

  @trimmed
  @IsString()
  @Length(DECISION_LIMITS.titleLength.min, DECISION_LIMITS.titleLength.max, {
    message: '请写明决定的名称，4 到 80 个字',
  })
  title: string;

  @trimmed
  @IsString()
  @Length(DECISION_LIMITS.purposeLength.min, DECISION_LIMITS.purposeLength.max, {
    message: '请写清楚决定了什么，4 到 2000 个字',
  })
  purpose: string;

  @ValidateIf((_, value) => value !== null)
  @IsInt()
  @Min(1)
  @Max(DECISION_LIMITS.maxAmountFen)
  amountLimitFen: number | null;

  @Matches(ID, { message: '请上传决定的扫描件' })
  scanFileId: string;
}

export class ReviewDecisionDto implements ReviewDecisionRequest {
  @IsBoolean()
  approve: boolean;

  @IsString()
  @MaxLength(DECISION_LIMITS.reasonLength.max)
  reason: string;
}
