import {
  CLAIM_STATUSES,
  GUEST_KINDS,
  IDENTITY_LIMITS,
  RESIDENCY_KINDS,
  ROLE_NAMES,
  type AcceptInvitationRequest,
  type ClaimRequest,
  type ClaimStatus,
  type CloseAccountRequest,
  type DecideClaimRequest,
  type GuestKind,
  type InviteRequest,
  type MembershipRole,
  type ProposeMembershipRequest,
  type ResidencyKind,
} from '@linli/shared/identity';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  Equals,
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
  ValidateIf,
} from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, ifGiven, trimmed } from '../../../kernel/http/fields.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';

const NO_HOME = { message: '请从列表里选择房屋' };
const NO_DATE = { message: '请选择日期' };

export class EstateSearchQuery extends PageQuery {
  @ifGiven()
  @IsString()
  @MaxLength(IDENTITY_LIMITS.searchChars)
  q?: string;
}

export class UnitSearchQuery {
  @IsString()
  @MaxLength(IDENTITY_LIMITS.searchChars)
  q: string;
}

export class ClaimDto implements ClaimRequest {
  @Matches(ID, NO_HOME)
  unitId: string;

  @IsIn(RESIDENCY_KINDS)
  kind: ResidencyKind;

  @trimmed
  @IsString()
  @Length(2, IDENTITY_LIMITS.realNameChars, { message: '请填写真实姓名，2 到 30 个字' })
  realName: string;

  @trimmed
  @IsString()
  @MaxLength(IDENTITY_LIMITS.claimNoteChars)
  note: string;

  @IsArray()
  @ArrayMinSize(1, { message: '请至少传一张证明照片' })
  @ArrayMaxSize(IDENTITY_LIMITS.evidenceFiles)
  @ArrayUnique({ message: '同一张照片传了两次，请删掉一张' })
  @Matches(ID, { each: true, message: '照片没有传好，请重新选择' })
  evidenceFileIds: string[];

  @ValidateIf((_, value) => value !== null)
  @IsInt(NO_DATE)
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  endsAt: number | null;
}

export class ClaimQueueQuery extends PageQuery {
  @ifGiven()
  @IsIn(CLAIM_STATUSES)
  status: ClaimStatus = 'PENDING';

  @ifGiven()
  @Matches(ID)
  estateId?: string;
}

export class DecideClaimDto implements DecideClaimRequest {
  @IsBoolean()
  approve: boolean;

  @trimmed
  @IsString()
  @MaxLength(IDENTITY_LIMITS.decisionReasonChars)
  reason: string;

  @ifGiven()
  @Matches(ID)
  ownerId?: string;
}

export class InviteDto implements InviteRequest {
  @IsIn(GUEST_KINDS)
  kind: GuestKind;

  @ValidateIf((_, value) => value !== null)
  @IsInt(NO_DATE)
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  endsAt: number | null;
}

export class InvitationCodeDto implements AcceptInvitationRequest {
  @IsString()
  @Length(IDENTITY_LIMITS.invitationCodeChars, 20, { message: '邀请码是 8 位字母和数字' })
  code: string;
}

export class CloseAccountDto implements CloseAccountRequest {
  @Equals(true, { message: '请先看清会删除什么，再确认' })
  confirmed: boolean;
}

export class ProposeMembershipDto implements ProposeMembershipRequest {
  @Matches(ID)
  organisationId: string;

  @IsIn(Object.keys(ROLE_NAMES))
  role: MembershipRole;

  @Matches(/^1[3-9]\d{9}$/, { message: '请填写 11 位手机号' })
  phone: string;

  @IsCalendarDate(NO_DATE.message)
  startsOn: string;

  @IsCalendarDate(NO_DATE.message)
  endsOn: string;

  @ifGiven()
  @IsBoolean()
  wholeArea?: boolean;
}
