import { ORGANISATION_KINDS, ROLES_OF_ORGANISATION } from '@linli/shared/identity';
import type { MembershipRole, OrganisationKind } from '@linli/shared/identity';
import { REGION_PROFILES, type RegionCode } from '@linli/shared/regions';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { IsCalendarDate } from '../kernel/http/calendar-date.decorator.ts';
import { nested, nestedEach } from '../kernel/http/fields.ts';

const OrNull = () => ValidateIf((_, value) => value !== null);
const NAME_MAX = 60;

/** Somebody who takes office; the phone is how they sign in and are known again. */
export class OfficerDto {
  @Length(1, NAME_MAX)
  name: string;

  @Matches(/^1[3-9]\d{9}$/, { message: '请填写 11 位手机号' })
  phone: string;

  @IsIn(Object.values(ROLES_OF_ORGANISATION).flat())
  role: MembershipRole;

  @IsCalendarDate()
  startsOn: string;

  @OrNull()
  @IsCalendarDate()
  endsOn: string | null;
}

class OrganisationDto {
  @IsIn(ORGANISATION_KINDS)
  kind: OrganisationKind;

  @Length(1, NAME_MAX)
  name: string;

  @OrNull()
  @Length(3, 40)
  phone: string | null;

  @IsArray()
  @ArrayMaxSize(50)
  @nestedEach(() => OfficerDto)
  officers: OfficerDto[];
}

class EstateDto {
  @Length(1, NAME_MAX)
  name: string;

  @IsIn(Object.keys(REGION_PROFILES))
  regionCode: RegionCode;

  @Length(1, 200)
  address: string;

  /** What may be spent without a vote, in fen; null where the estate has no such rule. */
  @OrNull()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  spendVoteThresholdFen: number | null;
}

/** An estate as it joins: itself, the organisations that answer for it, and who holds office in them. */
export class OpeningDto {
  @nested(() => EstateDto)
  estate: EstateDto;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @nestedEach(() => OrganisationDto)
  organisations: OrganisationDto[];
}
