import {
  type BookLineRequest,
  INCOME_LIMITS,
  type RedactVoucherRequest,
  type StatementFromBooksRequest,
  type StatementLine,
  type TakeBackLineRequest,
} from '@linli/shared/income';
import { IsObject, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { ID, trimmed } from '../../../kernel/http/fields.ts';
import { IsQuarter, IsStatementLine } from './income.dto.ts';

export class BooksQuery {
  @IsQuarter()
  quarter: string;
}

export class BookLineDto implements BookLineRequest {
  @IsObject()
  @ValidateNested()
  @IsStatementLine()
  line: StatementLine;
}

export class TakeBackLineDto implements TakeBackLineRequest {
  @trimmed
  @IsString()
  @MaxLength(INCOME_LIMITS.reasonMax)
  reason: string;
}

export class StatementFromBooksDto implements StatementFromBooksRequest {
  @IsQuarter()
  quarter: string;
}

export class RedactVoucherDto implements RedactVoucherRequest {
  @Matches(ID, { message: '公开件没有传好，请重新上传' })
  fileId: string;
}
