import {
  ASSEMBLY_LIMITS,
  type AskGuardianshipRequest,
  CHOICES,
  type Choice,
  type EndMandateRequest,
  type EnterMandateRequest,
  GUARDIANSHIP_KINDS,
  type GrantMandateRequest,
  type GuardianshipKind,
  type Instruction,
  type ReviewGuardianshipRequest,
  type ReviewMandateRequest,
} from '@linli/shared/assembly';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, nestedEach, orNull, trimmed } from '../../../kernel/http/fields.ts';

const PHONE = /^1[3-9]\d{9}$/;

class InstructionDto implements Instruction {
  @Matches(ID)
  motionId: string;

  @IsIn(CHOICES, { message: '请选择同意、反对或弃权' })
  choice: Choice;
}

class MandateTermsDto {
  @Matches(PHONE, { message: '请填写代理人的 11 位手机号' })
  agentPhone: string;

  @orNull()
  @IsArray()
  @ArrayMinSize(1, { message: '请至少委托一项议题' })
  @ArrayMaxSize(ASSEMBLY_LIMITS.motions.max)
  @Matches(ID, { each: true })
  motionIds: string[] | null;

  @IsArray()
  @ArrayMaxSize(ASSEMBLY_LIMITS.motions.max)
  @nestedEach(() => InstructionDto)
  instructions: InstructionDto[];
}

export class GrantMandateDto extends MandateTermsDto implements GrantMandateRequest {
  @Matches(ID)
  principalId: string;

  @Matches(/^\d{6}$/, { message: '请填写 6 位验证码' })
  code: string;
}

export class EnterMandateDto extends MandateTermsDto implements EnterMandateRequest {
  @Matches(ID)
  principalId: string;

  @Matches(ID)
  ownerId: string;

  @Matches(ID, { message: '请上传业主签名的委托书扫描件' })
  scanFileId: string;
}

export class EndMandateDto implements EndMandateRequest {
  @IsIn(['REVOKED', 'RESIGNED', 'SOLD', 'DIED'])
  reason: EndMandateRequest['reason'];
}

export class ReviewMandateDto implements ReviewMandateRequest {
  @IsBoolean()
  approve: boolean;
}

export class UnitLabelQuery {
  @trimmed
  @IsString()
  @Length(1, 40)
  unit: string;
}

export class AskGuardianshipDto implements AskGuardianshipRequest {
  @Matches(ID)
  unitId: string;

  @trimmed
  @IsString()
  @Length(2, 30, { message: '请填写名册上的业主姓名' })
  ownerName: string;

  @IsIn(GUARDIANSHIP_KINDS)
  kind: GuardianshipKind;

  @orNull()
  @IsCalendarDate()
  endsOn: string | null;

  @Matches(ID, { message: '请上传监护关系的证明' })
  documentFileId: string;
}

export class ReviewGuardianshipDto implements ReviewGuardianshipRequest {
  @IsBoolean()
  approve: boolean;

  @IsString()
  @MaxLength(200)
  note: string;
}
