import {
  type AnswerQuestionRequest,
  type AskQuestionRequest,
  type CorrectNoticeRequest,
  DISCLOSURE_ERRORS,
  DISCLOSURE_LIMITS as LIMITS,
  NOTICE_KINDS,
  type NoticeKind,
  type PublishNoticeRequest,
  type PublishPostingRequest,
  RADAR_CODES,
  type RadarCode,
  type WithdrawNoticeRequest,
} from '@linli/shared/disclosure';
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
  Min,
} from 'class-validator';
import { ID, LATEST_INSTANT, nested, orNull, trimmed } from '../../../kernel/http/fields.ts';

const reasonLength = { message: `原因请写 ${LIMITS.reasonMin} 到 ${LIMITS.reasonMax} 个字` };

/** A title, a text and what hangs on it. */
class PublishedTextDto {
  @trimmed
  @IsString()
  @Length(LIMITS.noticeTitleMin, LIMITS.noticeTitleMax, {
    message: DISCLOSURE_ERRORS['NOTICE.TITLE_LENGTH'].message,
  })
  title: string;

  @trimmed
  @IsString()
  @Length(LIMITS.noticeBodyMin, LIMITS.noticeBodyMax, {
    message: DISCLOSURE_ERRORS['NOTICE.BODY_LENGTH'].message,
  })
  body: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.attachmentsMax)
  @ArrayUnique()
  @Matches(ID, { each: true })
  fileIds: string[];
}

export class PublishNoticeDto extends PublishedTextDto implements PublishNoticeRequest {
  @IsIn(NOTICE_KINDS, { message: '请选择通知的类别' })
  kind: NoticeKind;

  @orNull()
  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  pinnedUntil: number | null;
}

export class CorrectNoticeDto extends PublishNoticeDto implements CorrectNoticeRequest {
  @trimmed
  @IsString()
  @Length(LIMITS.reasonMin, LIMITS.reasonMax, reasonLength)
  reason: string;
}

export class WithdrawNoticeDto implements WithdrawNoticeRequest {
  @trimmed
  @IsString()
  @Length(LIMITS.reasonMin, LIMITS.reasonMax, reasonLength)
  reason: string;
}

class SupersedesDto {
  @Matches(ID)
  id: string;

  @trimmed
  @IsString()
  @Length(LIMITS.reasonMin, LIMITS.reasonMax, reasonLength)
  reason: string;
}

export class PublishPostingDto extends PublishedTextDto implements PublishPostingRequest {
  @IsIn(RADAR_CODES, { message: '请选择公示哪一项' })
  code: RadarCode;

  @orNull()
  @Matches(/^20\d{2}(-\d{2}|Q[1-4]|H[12])?$/, { message: DISCLOSURE_ERRORS['RADAR.PERIOD_INVALID'].message })
  period: string | null;

  @orNull()
  @nested(() => SupersedesDto)
  supersedes: SupersedesDto | null;
}

export class AskQuestionDto implements AskQuestionRequest {
  @trimmed
  @IsString()
  @Length(LIMITS.questionMin, LIMITS.questionMax, {
    message: `问题请写 ${LIMITS.questionMin} 到 ${LIMITS.questionMax} 个字`,
  })
  text: string;
}

export class AnswerQuestionDto implements AnswerQuestionRequest {
  @trimmed
  @IsString()
  @Length(LIMITS.questionMin, LIMITS.answerMax, {
    message: `答复请写 ${LIMITS.questionMin} 到 ${LIMITS.answerMax} 个字`,
  })
  text: string;
}
