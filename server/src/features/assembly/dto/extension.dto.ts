import {
  type AnswerResultObjectionRequest,
  ASSEMBLY_LIMITS,
  type DecideExtensionRequest,
  type ObjectToResultRequest,
  type ProposeExtensionRequest,
} from '@linli/shared/assembly';
import { IsBoolean, IsInt, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { LATEST_INSTANT, trimmed } from '../../../kernel/http/fields.ts';

const { reasonLength, objectionLength } = ASSEMBLY_LIMITS;

export class ProposeExtensionDto implements ProposeExtensionRequest {
  @IsInt()
  @Min(0)
  @Max(LATEST_INSTANT)
  to: number;

  @trimmed
  @IsString()
  @Length(reasonLength.min, reasonLength.max, { message: '请写明为什么要延长，4 到 500 个字' })
  reason: string;
}

export class DecideVotingExtensionDto implements DecideExtensionRequest {
  @IsBoolean()
  approve: boolean;

  @IsString()
  @MaxLength(reasonLength.max)
  reason: string;
}

export class ObjectToResultDto implements ObjectToResultRequest {
  @trimmed
  @IsString()
  @Length(objectionLength.min, objectionLength.max, { message: '请写清楚哪里不对，2 到 500 个字' })
  text: string;
}

export class AnswerResultObjectionDto implements AnswerResultObjectionRequest {
  @trimmed
  @IsString()
  @Length(reasonLength.min, reasonLength.max, { message: '请写明答复，4 到 500 个字' })
  answer: string;
}
