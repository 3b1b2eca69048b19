import {
  type AnswerPaperObjectionRequest,
  ASSEMBLY_LIMITS,
  DELIVERY_METHODS,
  type DeliveryMethod,
  type EnterPaperRequest,
  type Mark,
  MARKS,
  type ObjectToPaperRequest,
  PAPER_FAULTS,
  PAPER_LIMITS,
  PAPER_OBJECTION_ANSWERS,
  type PaperFault,
  type PaperObjectionAnswer,
  type ReceivePaperRequest,
  type RecordDeliveryRequest,
  RETURN_STATES,
  type ReturnState,
  SLIP_FILTERS,
  type SlipFilter,
} from '@linli/shared/assembly';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
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
import { ID, ifGiven, LATEST_INSTANT, nestedEach, orNull, trimmed } from '../../../kernel/http/fields.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';

const LIMITS = PAPER_LIMITS;
const HIGHEST_NUMBER = 9_999_999;
/** A printed number, or the whole address of a QR code. */
const NUMBER_LENGTH = 300;
/** More co-owners than this never sign one paper. */
const MOST_SIGNERS = 50;

export class SlipsQuery extends PageQuery {
  @ifGiven()
  @IsIn(SLIP_FILTERS)
  show?: SlipFilter;
}

export class ReturnsQuery extends PageQuery {
  @ifGiven()
  @IsIn(RETURN_STATES)
  state?: ReturnState;
}

export class NumberQuery {
  @IsString()
  @MaxLength(NUMBER_LENGTH)
  number: string;
}

export class PrintQuery {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(HIGHEST_NUMBER)
  from: number;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(HIGHEST_NUMBER)
  to: number;
}

export class RecordDeliveryDto implements RecordDeliveryRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LIMITS.deliveredAtOnce.max)
  @Matches(ID, { each: true })
  slipIds: string[];

  @IsIn(DELIVERY_METHODS)
  method: DeliveryMethod;

  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  deliveredAt: number;

  @trimmed
  @IsString()
  @MaxLength(LIMITS.noteLength.max)
  note: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.deliveryFiles.max)
  @Matches(ID, { each: true })
  fileIds: string[];
}

export class ReceivePaperDto implements ReceivePaperRequest {
  @orNull()
  @IsString()
  @MaxLength(NUMBER_LENGTH)
  number: string | null;

  @trimmed
  @IsString()
  @MaxLength(LIMITS.noteLength.max)
  note: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.scans.max)
  @Matches(ID, { each: true })
  fileIds: string[];
}

class ReadMarkDto {
  @Matches(ID)
  motionId: string;

  @IsIn(MARKS)
  mark: Mark;
}

export class EnterPaperDto implements EnterPaperRequest {
  @orNull()
  @IsIn(PAPER_FAULTS)
  reason: PaperFault | null;

  @IsArray()
  @ArrayMaxSize(MOST_SIGNERS)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  signers: string[];

  @IsArray()
  @ArrayMaxSize(ASSEMBLY_LIMITS.motions.max)
  @nestedEach(() => ReadMarkDto)
  marks: ReadMarkDto[];
}

export class ObjectToPaperDto implements ObjectToPaperRequest {
  @trimmed
  @IsString()
  @Length(LIMITS.objectionLength.min, LIMITS.objectionLength.max, {
    message: '请写明哪里不对，4 到 500 个字',
  })
  text: string;
}

export class AnswerPaperObjectionDto implements AnswerPaperObjectionRequest {
  @IsIn(PAPER_OBJECTION_ANSWERS)
  decision: PaperObjectionAnswer;

  @trimmed
  @IsString()
  @Length(LIMITS.objectionLength.min, LIMITS.objectionLength.max, { message: '请写明答复，4 到 500 个字' })
  answer: string;
}
