import {
  type AnnulDecisionRequest,
  ANNULMENT_KINDS,
  type AnnulmentKind,
  DECISION_BODIES,
  DECISION_STEPS,
  type DecisionBody,
  type DecisionStep,
  FOLLOW_UP_LIMITS,
  type PlanDecisionRequest,
  type ReportStepRequest,
  SPEND_PURPOSE_CODES,
  type SpendPurpose,
} from '@linli/shared/assembly';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, orNull, trimmed } from '../../../kernel/http/fields.ts';

const { bodyNameLength, textLength, documentNoLength, files } = FOLLOW_UP_LIMITS;

export class PlanDecisionDto implements PlanDecisionRequest {
  @IsIn(DECISION_BODIES, { message: '请选择由谁落实' })
  body: DecisionBody;

  @trimmed
  @IsString()
  @Length(bodyNameLength.min, bodyNameLength.max, { message: '请填写负责的人或岗位，2 到 60 个字' })
  bodyName: string;

  @IsCalendarDate('请选择完成日期')
  dueOn: string;

  @orNull()
  @IsCalendarDate()
  expiresOn: string | null;

  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(SPEND_PURPOSE_CODES.length)
  @IsIn(SPEND_PURPOSE_CODES, { each: true })
  purposes: SpendPurpose[];

  @orNull()
  @IsInt()
  @Min(2000)
  @Max(2100)
  budgetYear: number | null;

  @IsString()
  @MaxLength(textLength.max)
  reason: string;
}

export class ReportStepDto implements ReportStepRequest {
  @IsIn(DECISION_STEPS)
  kind: DecisionStep;

  @trimmed
  @IsString()
  @Length(textLength.min, textLength.max, { message: '请写明办理情况，4 到 500 个字' })
  text: string;

  @IsArray()
  @ArrayMaxSize(files.max)
  @Matches(ID, { each: true })
  fileIds: string[];
}

export class AnnulDecisionDto implements AnnulDecisionRequest {
  @IsIn(ANNULMENT_KINDS)
  kind: AnnulmentKind;

  @trimmed
  @IsString()
  @Length(documentNoLength.min, documentNoLength.max, { message: '请填写判决书或决定书的文号' })
  documentNo: string;

  @IsCalendarDate('请选择文书的日期')
  documentOn: string;

  @trimmed
  @IsString()
  @Length(textLength.min, textLength.max, { message: '请写明撤销的理由，4 到 500 个字' })
  reason: string;

  @Matches(ID, { message: '请上传文书的扫描件' })
  fileId: string;
}
