import {
  type AcceptTicketRequest,
  type AssignTicketRequest,
  type DecideExtensionRequest,
  type DepartmentCode,
  type FileTicketRequest,
  type FollowTicketRequest,
  type MergeTicketRequest,
  type OversightFilter,
  type QueueFilter,
  type QueueScope,
  type RejectTicketRequest,
  type RequestExtensionRequest,
  type Satisfaction,
  type SimilarTicketsRequest,
  type SuspendTicketRequest,
  type TicketCategoryCode,
  type TicketKind,
  type TicketMessageRequest,
  type TicketPlainRequest,
  type TicketQueueQuery,
  type TicketRating,
  type TicketReasonRequest,
  type TicketState,
  type TransferTicketRequest,
  DEPARTMENT_CODES,
  OVERSIGHT_FILTERS,
  QUEUE_FILTERS,
  QUEUE_SCOPES,
  SATISFACTIONS,
  TICKET_CATEGORY_CODES,
  TICKET_ERRORS,
  TICKET_KINDS,
  TICKET_LIMITS as LIMITS,
  TICKET_STATES,
} from '@linli/shared/tickets';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { ID, ifGiven, LATEST_INSTANT, trimmed } from '../../../kernel/http/fields.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';

const sentence = (code: keyof typeof TICKET_ERRORS) => ({ message: TICKET_ERRORS[code].message });
const REASON = { message: `请写明原因，${LIMITS.reasonMin} 到 ${LIMITS.reasonMax} 个字` };

export class ResponsibleQuery {
  @IsIn(TICKET_CATEGORY_CODES, sentence('TICKET.CATEGORY_UNKNOWN'))
  category: TicketCategoryCode;

  @ifGiven()
  @Transform(({ value }) => value === 'true' || value === true)
  @IsBoolean()
  danger: boolean = false;
}

export class FileTicketDto implements FileTicketRequest {
  @IsIn(TICKET_CATEGORY_CODES, sentence('TICKET.CATEGORY_UNKNOWN'))
  category: TicketCategoryCode;

  @IsIn(TICKET_KINDS)
  kind: TicketKind;

  @trimmed
  @IsString()
  @Length(LIMITS.titleMin, LIMITS.titleMax, sentence('TICKET.TITLE_LENGTH'))
  title: string;

  @trimmed
  @IsString()
  @Length(LIMITS.textMin, LIMITS.textMax, sentence('TICKET.TEXT_LENGTH'))
  text: string;

  @trimmed
  @IsString()
  @MaxLength(LIMITS.placeMax)
  place: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.photosMax, sentence('TICKET.TOO_MANY_PHOTOS'))
  @ArrayUnique()
  @Matches(ID, { each: true })
  photoIds: string[];

  @IsBoolean()
  danger: boolean;

  @IsBoolean()
  anonymous: boolean;

  @ifGiven()
  @IsBoolean()
  aboutCompany?: boolean;

  @ifGiven()
  @Matches(ID)
  unitId?: string;
}

export class SimilarTicketsDto implements SimilarTicketsRequest {
  @IsIn(TICKET_CATEGORY_CODES, sentence('TICKET.CATEGORY_UNKNOWN'))
  category: TicketCategoryCode;

  @IsString()
  @MaxLength(LIMITS.placeMax)
  place: string;

  @IsString()
  @MaxLength(LIMITS.titleMax + LIMITS.textMax + 1)
  text: string;
}

export class FollowTicketDto implements FollowTicketRequest {
  @trimmed
  @IsString()
  @MaxLength(LIMITS.noteMax)
  note: string;
}

export class QueueQuery extends PageQuery implements TicketQueueQuery {
  @ifGiven()
  @IsIn(QUEUE_SCOPES)
  scope?: QueueScope;

  @ifGiven()
  @IsIn(QUEUE_FILTERS)
  filter?: QueueFilter;

  @ifGiven()
  @IsIn(TICKET_STATES)
  state?: TicketState;

  @ifGiven()
  @IsIn(TICKET_CATEGORY_CODES, sentence('TICKET.CATEGORY_UNKNOWN'))
  category?: TicketCategoryCode;
}

export class OversightQuery extends PageQuery {
  @ifGiven()
  @IsIn(OVERSIGHT_FILTERS)
  filter: OversightFilter = 'OVERDUE';
}

export class PlainStepDto implements TicketPlainRequest {
  @ifGiven()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  version?: number;
}

export class AcceptDto extends PlainStepDto implements AcceptTicketRequest {
  @ifGiven()
  @IsIn(TICKET_CATEGORY_CODES, sentence('TICKET.CATEGORY_UNKNOWN'))
  category?: TicketCategoryCode;
}

export class ReasonDto extends PlainStepDto implements TicketReasonRequest {
  @trimmed
  @IsString()
  @Length(LIMITS.reasonMin, LIMITS.reasonMax, REASON)
  reason: string;
}

export class RejectDto extends ReasonDto implements RejectTicketRequest {
  @trimmed
  @IsString()
  @Length(LIMITS.reasonMin, LIMITS.channelMax, { message: '请写明居民可以去找谁' })
  otherChannel: string;
}

export class AssignDto extends PlainStepDto implements AssignTicketRequest {
  @Matches(ID, { message: '请选择派给谁' })
  assigneeId: string;
}

export class MessageDto extends PlainStepDto implements TicketMessageRequest {
  @trimmed
  @IsString()
  @Length(LIMITS.reasonMin, LIMITS.replyMax, {
    message: `请写 ${LIMITS.reasonMin} 到 ${LIMITS.replyMax} 个字`,
  })
  text: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.photosMax, sentence('TICKET.TOO_MANY_PHOTOS'))
  @ArrayUnique()
  @Matches(ID, { each: true })
  photoIds: string[];
}

export class TransferDto extends ReasonDto implements TransferTicketRequest {
  @IsIn(DEPARTMENT_CODES, sentence('TICKET.DEPARTMENT_UNKNOWN'))
  department: DepartmentCode;
}

export class SuspendDto extends ReasonDto implements SuspendTicketRequest {
  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  until: number;
}

export class MergeDto extends ReasonDto implements MergeTicketRequest {
  @trimmed
  @Matches(/^\d{8}-\d{4,6}$/, { message: '请填写要合并到的投诉编号，例如 20261121-0007' })
  masterNumber: string;
}

export class RequestExtensionDto extends ReasonDto implements RequestExtensionRequest {
  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  dueAt: number;
}

export class DecideExtensionDto implements DecideExtensionRequest {
  @IsBoolean()
  approve: boolean;

  @trimmed
  @IsString()
  @Length(LIMITS.reasonMin, LIMITS.reasonMax, REASON)
  reason: string;
}

export class RatingDto implements TicketRating {
  @IsInt(sentence('TICKET.RATING_STARS'))
  @Min(1, sentence('TICKET.RATING_STARS'))
  @Max(5, sentence('TICKET.RATING_STARS'))
  stars: number;

  @IsBoolean()
  solved: boolean;

  @IsIn(SATISFACTIONS)
  satisfaction: Satisfaction;

  @trimmed
  @IsString()
  @MaxLength(LIMITS.commentMax)
  comment: string;
}
