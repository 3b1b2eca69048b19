import {
  CERTIFICATE_KINDS,
  FUNDER_KINDS,
  RELIEF_KINDS,
  RELIEF_LIMITS,
  RELIEF_STATES,
  type CertificateKind,
  type DecideReliefRequest,
  type Funder,
  type FunderKind,
  type ReliefKind,
  type ReliefPapersRequest,
  type ReliefRequest,
  type ReliefState,
  type VerifyReliefRequest,
} from '@linli/shared/relief';
import {
  ArrayMaxSize,
  ArrayMinSize,
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
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, ifGiven, nested, orNull, trimmed } from '../../../kernel/http/fields.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';

export class ReliefPapersDto implements ReliefPapersRequest {
  @IsIn(CERTIFICATE_KINDS)
  certificateKind: CertificateKind;

  @trimmed
  @IsString()
  @Length(RELIEF_LIMITS.certificateMin, RELIEF_LIMITS.certificateMax, { message: '请填证件上的编号' })
  certificateNumber: string;

  @trimmed
  @IsString()
  @Length(RELIEF_LIMITS.reasonMin, RELIEF_LIMITS.reasonMax, { message: '请写家里的情况，至少 5 个字' })
  reason: string;

  @IsArray()
  @ArrayMinSize(1, { message: '请拍一张证明材料' })
  @ArrayMaxSize(RELIEF_LIMITS.papersMax)
  @ArrayUnique()
  @Matches(ID, { each: true })
  paperFileIds: string[];

  @orNull()
  @IsCalendarDate('请选择日期')
  wishedUntil: string | null;

  @IsBoolean()
  consent: boolean;
}

export class AskReliefDto extends ReliefPapersDto implements ReliefRequest {
  @Matches(ID)
  unitId: string;

  @IsIn(RELIEF_KINDS)
  kind: ReliefKind;

  @IsArray()
  @ArrayMinSize(1, { message: '请选账单' })
  @ArrayMaxSize(RELIEF_LIMITS.billsMax)
  @ArrayUnique()
  @Matches(ID, { each: true })
  billIds: string[];
}

export class VerifyReliefDto implements VerifyReliefRequest {
  @IsBoolean()
  verified: boolean;

  @trimmed
  @IsString()
  @MaxLength(RELIEF_LIMITS.noteMax)
  note: string;
}

class FunderDto implements Funder {
  @IsIn(FUNDER_KINDS)
  kind: FunderKind;

  @trimmed
  @IsString()
  @Length(1, RELIEF_LIMITS.funderNameMax, { message: '请写清楚由谁承担' })
  name: string;
}

export class DecideReliefDto implements DecideReliefRequest {
  @IsBoolean()
  approve: boolean;

  @trimmed
  @IsString()
  @MaxLength(RELIEF_LIMITS.noteMax)
  note: string;

  @orNull()
  @IsInt()
  @Min(1)
  @Max(100)
  percent: number | null;

  @orNull()
  @nested(() => FunderDto)
  funder: FunderDto | null;

  @orNull()
  @IsCalendarDate('请选择日期')
  until: string | null;
}

export class ReliefQuery extends PageQuery {
  @ifGiven()
  @IsIn(RELIEF_STATES)
  state?: ReliefState;
}

export class MyReliefQuery {
  @Matches(ID)
  estateId: string;
}
