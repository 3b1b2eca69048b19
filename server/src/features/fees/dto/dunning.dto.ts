import {
  DUNNING_LIMITS,
  DUNNING_STEPS,
  NOTICE_DELIVERIES,
  NOTICE_FILTERS,
  type DunningStep,
  type NoticeDelivery,
  type NoticeFilter,
  type RecordNoticeDeliveryRequest,
  type TakeDunningStepRequest,
  type WriteNoticesRequest,
} from '@linli/shared/fees';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, trimmed } from '../../../kernel/http/fields.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';

/** More papers than any estate writes in a year. */
const HIGHEST_NUMBER = 1_000_000;

export class TakeDunningStepDto implements TakeDunningStepRequest {
  @IsIn(DUNNING_STEPS)
  step: DunningStep;

  @IsCalendarDate('请选择日期')
  takenOn: string;

  @IsCalendarDate('请选择给业主的期限')
  respondBy: string;

  @trimmed
  @IsString()
  @Length(1, DUNNING_LIMITS.handledByMax, { message: '请写明由谁送达、督促或调解' })
  handledBy: string;

  @trimmed
  @IsString()
  @MaxLength(DUNNING_LIMITS.noteMax)
  note: string;
}

export class WriteNoticesDto implements WriteNoticesRequest {
  @IsCalendarDate('请选择给业主的期限')
  respondBy: string;

  @trimmed
  @IsString()
  @Length(1, DUNNING_LIMITS.handledByMax, { message: '请写明经办人' })
  handledBy: string;
}

export class RecordNoticeDeliveryDto implements RecordNoticeDeliveryRequest {
  @IsIn(NOTICE_DELIVERIES, { message: '请选择怎么送到的' })
  method: NoticeDelivery;

  @IsCalendarDate('请选择送到的日期')
  deliveredOn: string;

  @trimmed
  @IsString()
  @MaxLength(DUNNING_LIMITS.noteMax)
  note: string;
}

export class NoticesQuery extends PageQuery {
  @IsIn(NOTICE_FILTERS)
  show: NoticeFilter = 'ALL';
}

export class PrintNoticesQuery {
  @Type(() => Number)
  @IsInt()
  @Min(2000)
  @Max(2999)
  year: number;

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

  @IsIn(NOTICE_FILTERS)
  show: NoticeFilter = 'ALL';
}

export class MyDunningQuery {
  @Matches(ID)
  estateId: string;
}
