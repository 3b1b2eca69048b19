import {
  type CosignRequest,
  type RegisterWitnessRequest,
  WITNESS_KINDS,
  WITNESS_LIMITS,
  type WitnessKind,
} from '@linli/shared/ballot-log';
import { IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { trimmed } from '../../kernel/http/fields.ts';

export class RegisterWitnessDto implements RegisterWitnessRequest {
  @IsIn(WITNESS_KINDS)
  kind: WitnessKind;

  @trimmed
  @IsString()
  @Length(WITNESS_LIMITS.labelMin, WITNESS_LIMITS.labelMax, {
    message: `名称请写 ${WITNESS_LIMITS.labelMin} 到 ${WITNESS_LIMITS.labelMax} 个字`,
  })
  label: string;

  @trimmed
  @Matches(/^[\x21-\x7e]+$/, { message: '公钥是一整行字母、数字和符号，中间没有空格' })
  @MaxLength(WITNESS_LIMITS.keyMax)
  key: string;
}

export class CosignDto implements CosignRequest {
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  size: number;

  @Matches(/^— [\x21-\x7e]+ [\x21-\x7e]+\n$/)
  @MaxLength(WITNESS_LIMITS.lineMax)
  line: string;
}
