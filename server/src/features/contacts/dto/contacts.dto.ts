import {
  type BoardEntryInput,
  type BoardPlaceRequest,
  CONTACT_LIMITS as LIMITS,
  type CheckBoardRequest,
  type LevelPhoneInput,
  type PublishBoardRequest,
} from '@linli/shared/contacts';
import { TICKET_LEVEL_CODES, type TicketLevelCode } from '@linli/shared/tickets';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, nestedEach, trimmed } from '../../../kernel/http/fields.ts';

const PHONE_MAX = 40;
const atMost = (what: string, max: number) => ({ message: `${what}不能超过 ${max} 个字` });

class BoardEntryDto implements BoardEntryInput {
  @trimmed
  @IsString()
  @MaxLength(LIMITS.nameMax, atMost('部门名称', LIMITS.nameMax))
  departmentName: string;

  @trimmed
  @IsString()
  @MaxLength(LIMITS.dutiesMax, atMost('工作职责', LIMITS.dutiesMax))
  duties: string;

  @trimmed
  @IsString()
  @MaxLength(LIMITS.contactMax, atMost('联系人', LIMITS.contactMax))
  contactName: string;

  @IsBoolean()
  mobileConsent: boolean;

  @trimmed
  @IsString()
  @MaxLength(PHONE_MAX)
  phone: string;

  @trimmed
  @IsString()
  @MaxLength(LIMITS.handlesMax, atMost('受理事项', LIMITS.handlesMax))
  handles: string;
}

class LevelPhoneDto implements LevelPhoneInput {
  @IsIn(TICKET_LEVEL_CODES)
  level: TicketLevelCode;

  @trimmed
  @IsString()
  @MaxLength(LIMITS.nameMax, atMost('单位', LIMITS.nameMax))
  organisation: string;

  @trimmed
  @IsString()
  @MaxLength(LIMITS.hoursMax, atMost('接听时间', LIMITS.hoursMax))
  hours: string;

  @trimmed
  @IsString()
  @MaxLength(PHONE_MAX)
  phone: string;
}

export class PublishBoardDto implements PublishBoardRequest {
  @IsCalendarDate()
  effectiveFrom: string;

  @trimmed
  @IsString()
  @MaxLength(LIMITS.reasonMax, atMost('更换说明', LIMITS.reasonMax))
  reason: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.entriesMax)
  @nestedEach(() => BoardEntryDto)
  entries: BoardEntryDto[];

  @IsArray()
  @ArrayMaxSize(TICKET_LEVEL_CODES.length)
  @ArrayUnique(({ level }: LevelPhoneDto) => level)
  @nestedEach(() => LevelPhoneDto)
  levelPhones: LevelPhoneDto[];
}

export class CheckBoardDto implements CheckBoardRequest {
  @trimmed
  @IsString()
  @MaxLength(LIMITS.reasonMax)
  note: string;
}

export class BoardPlaceDto implements BoardPlaceRequest {
  @trimmed
  @IsString()
  @Length(2, LIMITS.placeMax, { message: `张贴位置请写 2 到 ${LIMITS.placeMax} 个字` })
  description: string;

  @ValidateIf((_, value) => value !== null)
  @Matches(ID)
  photoId: string | null;
}
