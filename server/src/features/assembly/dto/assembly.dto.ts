import {
  ASSEMBLY_LIMITS,
  ASSEMBLY_STAGES,
  type AnswerObjectionRequest,
  type AssemblyDraftRequest,
  type AssemblyStage,
  type CastBallotRequest,
  type CastVote,
  CHOICES,
  type Choice,
  type ChooseRepresentativeRequest,
  DECISION_LIMITS,
  type GiveOpinionRequest,
  MATTER_NUMBERS,
  type MatterNumber,
  type MotionDraftRequest,
  type MotionScope,
  OPINION_STANCES,
  type ObjectToRollRequest,
  type RegisterDelegateRequest,
  type OpinionStance,
  type ReasonRequest,
  ROLL_OBJECTION_KINDS,
  type RollObjectionKind,
} from '@linli/shared/assembly';
import { SEEN_LOGS, SEEN_LOGS_MAX } from '@linli/shared/ballot-log';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  Equals,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
} from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, ifGiven, LATEST_INSTANT, nestedEach, orNull, trimmed } from '../../../kernel/http/fields.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';

const LIMITS = ASSEMBLY_LIMITS;

export class AssemblyQuery extends PageQuery {
  @ifGiven()
  @IsIn(ASSEMBLY_STAGES)
  stage?: AssemblyStage;
}

export class ConsistencyQuery {
  /** Leaves of the checkpoint that the phone has kept. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  from!: number;
}

export class SeenLogsQuery {
  @IsString()
  @MaxLength(SEEN_LOGS_MAX * 43)
  @Matches(SEEN_LOGS)
  seen!: string;
}

/** Whether a value is one of the three shapes of a scope, and nothing else is in it. */
function isScope(value: unknown): value is MotionScope {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, ...rest } = value as Record<string, unknown>;
  const names = (list: unknown) =>
    Array.isArray(list) &&
    list.length <= LIMITS.buildingsInScope.max &&
    list.every((name) => typeof name === 'string' && name.length > 0 && name.length <= 40);
  const only = (key: string) => Object.keys(rest).join() === key && names(rest[key]);
  if (kind === 'ESTATE') return Object.keys(rest).length === 0;
  return (kind === 'BUILDINGS' && only('buildings')) || (kind === 'UNITS' && only('unitIds'));
}

const IsScope = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isScope',
    target: target.constructor,
    propertyName,
    options: { message: '请选择由全体业主还是某几栋楼的业主表决' },
    validator: { validate: isScope },
  });

class MotionDraftDto implements MotionDraftRequest {
  @ifGiven()
  @Matches(ID)
  id?: string;

  @IsIn(MATTER_NUMBERS, { message: '请选择属于哪一类事项' })
  matter: MatterNumber;

  @IsString()
  @MaxLength(LIMITS.motionTitleLength.max)
  title: string;

  @IsString()
  @MaxLength(LIMITS.motionTextLength.max)
  text: string;

  @IsObject()
  @IsScope()
  scope: MotionScope;

  @orNull()
  @IsInt()
  @Min(1)
  @Max(DECISION_LIMITS.maxAmountFen)
  amountLimitFen: number | null;
}

export class AssemblyDraftDto implements AssemblyDraftRequest {
  @IsString()
  @MaxLength(LIMITS.titleLength.max)
  title: string;

  @IsString()
  @MaxLength(LIMITS.summaryLength.max)
  summary: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.motions.max)
  @nestedEach(() => MotionDraftDto)
  motions: MotionDraftDto[];

  @IsArray()
  @ArrayMaxSize(LIMITS.materials.max)
  @Matches(ID, { each: true })
  materialFileIds: string[];

  @orNull()
  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  opinionsUntil: number | null;

  @orNull()
  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  objectionsUntil: number | null;

  @orNull()
  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  opensAt: number | null;

  @orNull()
  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  closesAt: number | null;

  @orNull()
  @IsCalendarDate('请选择告知居委会的日期')
  residentsCommitteeInformedOn: string | null;

  @ifGiven()
  @IsInt()
  @Min(1)
  version?: number;
}

export class GivenReasonDto implements ReasonRequest {
  @trimmed
  @IsString()
  @Length(LIMITS.reasonLength.min, LIMITS.reasonLength.max, { message: '请写明原因，4 到 500 个字' })
  reason: string;
}

export class GiveOpinionDto implements GiveOpinionRequest {
  @Matches(ID)
  motionId: string;

  @IsIn(OPINION_STANCES)
  stance: OpinionStance;

  @trimmed
  @IsString()
  @Length(LIMITS.opinionLength.min, LIMITS.opinionLength.max, { message: '请写下您的意见，2 到 500 个字' })
  text: string;
}

export class ObjectToRollDto implements ObjectToRollRequest {
  @Matches(ID)
  unitId: string;

  @IsIn(ROLL_OBJECTION_KINDS)
  kind: RollObjectionKind;

  @trimmed
  @IsString()
  @Length(LIMITS.objectionLength.min, LIMITS.objectionLength.max, {
    message: '请写清楚哪里不对，2 到 500 个字',
  })
  text: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.objectionFiles.max)
  @Matches(ID, { each: true })
  fileIds: string[];
}

export class AnswerObjectionDto implements AnswerObjectionRequest {
  @IsIn(['UPHELD', 'DISMISSED'])
  decision: 'UPHELD' | 'DISMISSED';

  @trimmed
  @IsString()
  @Length(LIMITS.reasonLength.min, LIMITS.reasonLength.max, { message: '请写明处理的理由，4 到 500 个字' })
  answer: string;

  @ifGiven()
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  correctedAreaCentiSqm?: number;
}

export class ChooseRepresentativeDto implements ChooseRepresentativeRequest {
  @Matches(ID)
  principalId: string;

  @orNull()
  @Matches(ID)
  ownerId: string | null;
}

class CastVoteDto implements CastVote {
  @Matches(ID)
  motionId: string;

  @IsIn(CHOICES, { message: '请选择同意、反对或弃权' })
  choice: Choice;
}

export class CastBallotDto implements CastBallotRequest {
  @Matches(ID)
  principalId: string;

  @IsArray()
  @ArrayMaxSize(LIMITS.motions.max)
  @nestedEach(() => CastVoteDto)
  votes: CastVoteDto[];

  @Equals(true, { message: '请先核对自己的选择，再确认投票' })
  confirmed: true;
}

export class RegisterDelegateDto implements RegisterDelegateRequest {
  @Matches(ID)
  principalId: string;

  @orNull()
  @Matches(/^1[3-9]\d{9}$/, { message: '请填写 11 位手机号' })
  phone: string | null;

  @orNull()
  @Matches(ID, { message: '请上传建设单位盖章的授权委托书' })
  letterFileId: string | null;
}
