import {
  ELECTION_LIMITS,
  MATTER_NUMBERS,
  type MatterNumber,
  type NominateRequest,
  PETITION_KINDS,
  PETITION_LIMITS,
  type PetitionKind,
  type RegisterTermRequest,
  type StartElectionRequest,
  type StartPetitionRequest,
} from '@linli/shared/assembly';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, ifGiven, LATEST_INSTANT, trimmed } from '../../../kernel/http/fields.ts';

const PHONE = /^1\d{10}$/;
const { conditionsLength, statementLength, reasonLength, seats, termYears } = ELECTION_LIMITS;

export class StartElectionDto implements StartElectionRequest {
  @IsIn(['GENERAL', 'BY_ELECTION'])
  kind: 'GENERAL' | 'BY_ELECTION';

  @IsInt()
  @Min(seats.min)
  @Max(seats.max)
  seats: number;

  @IsInt()
  @Min(termYears.min)
  @Max(termYears.max)
  termYears: number;

  @IsCalendarDate('请选择任期起始日')
  startsOn: string;

  @trimmed
  @IsString()
  @Length(conditionsLength.min, conditionsLength.max, {
    message: `请写明候选人条件，${conditionsLength.min} 到 ${conditionsLength.max} 个字`,
  })
  conditions: string;

  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  nominationsUntil: number;

  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  objectionsUntil: number;
}

export class NominateDto implements NominateRequest {
  @ifGiven()
  @Matches(PHONE, { message: '请填写 11 位手机号' })
  phone?: string;

  @trimmed
  @IsString()
  @Length(statementLength.min, statementLength.max, {
    message: `请写几句介绍，${statementLength.min} 到 ${statementLength.max} 个字`,
  })
  statement: string;
}

export class ConsentDto {
  @IsBoolean()
  consents: boolean;
}

export class ElectionReasonDto {
  @trimmed
  @IsString()
  @Length(reasonLength.min, reasonLength.max, {
    message: `请写明原因，${reasonLength.min} 到 ${reasonLength.max} 个字`,
  })
  reason: string;
}

export class DecideObjectionDto {
  @IsBoolean()
  upheld: boolean;

  @trimmed
  @IsString()
  @Length(reasonLength.min, reasonLength.max, {
    message: `请写明答复，${reasonLength.min} 到 ${reasonLength.max} 个字`,
  })
  answer: string;
}

export class RegisterTermDto implements RegisterTermRequest {
  @IsCalendarDate()
  startsOn: string;

  @IsCalendarDate()
  endsOn: string;

  @IsInt()
  @Min(seats.min)
  @Max(seats.max)
  seats: number;
}

export class OnDateDto {
  @IsCalendarDate('请选择日期')
  on: string;
}

const { titleLength, textLength, members } = PETITION_LIMITS;

export class StartPetitionDto implements StartPetitionRequest {
  @IsIn(PETITION_KINDS)
  kind: PetitionKind;

  @trimmed
  @IsString()
  @Length(titleLength.min, titleLength.max, {
    message: `请写明标题，${titleLength.min} 到 ${titleLength.max} 个字`,
  })
  title: string;

  @trimmed
  @IsString()
  @Length(textLength.min, textLength.max, {
    message: `请写明要求和理由，${textLength.min} 到 ${textLength.max} 个字`,
  })
  text: string;

  @IsIn(MATTER_NUMBERS, { message: '请选择属于哪一类事项' })
  matter: MatterNumber;

  @IsArray()
  @ArrayMaxSize(members.max)
  @Matches(ID, { each: true })
  membershipIds: string[];
}
