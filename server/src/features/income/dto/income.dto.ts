import {
  type AmendStatementRequest,
  type Collected,
  COLLECTED_KINDS,
  type CollectedKind,
  INCOME_CATEGORY_CODES,
  INCOME_LIMITS,
  type IncomeCategory,
  type IncomeLine,
  type ReconcilingItem,
  type RegisterContractRequest,
  type ReturnStatementRequest,
  type SaveStatementRequest,
  SPEND_CATEGORY_CODES,
  type SpendCategory,
  type SpendLine,
  type StatementLine,
  type StatementStepRequest,
} from '@linli/shared/income';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
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
  ValidateNested,
} from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, ifGiven, nestedEach, orNull, trimmed } from '../../../kernel/http/fields.ts';

const QUARTER = /^20\d{2}Q[1-4]$/;
/** 1,000 亿元: no estate comes near it, and sums of all lines stay exact. */
const MAX_FEN = 10_000_000_000_000;

export const IsQuarter = (): PropertyDecorator => Matches(QUARTER, { message: '请选择季度' });

const amount = (): PropertyDecorator => (target, key) => {
  for (const rule of [IsInt({ message: '金额写到分' }), Min(-MAX_FEN), Max(MAX_FEN)]) rule(target, key);
};

/** What is said here is compared with the ledger; nobody can change it. */
class CollectedDto implements Collected {
  @IsIn(COLLECTED_KINDS)
  kind: CollectedKind;

  @IsString()
  @MaxLength(40)
  itemCode: string;

  @IsInt()
  @Min(0)
  count: number;
}

class LineDto {
  @IsIn(['INCOME', 'SPEND'])
  dir: string;

  @IsCalendarDate()
  date: string;

  @trimmed
  @IsString()
  @MaxLength(INCOME_LIMITS.counterpartyMax)
  counterparty: string;

  @trimmed
  @orNull()
  @IsString()
  @Length(1, INCOME_LIMITS.contractNoMax)
  contractNo: string | null;

  @trimmed
  @orNull()
  @IsString()
  @Length(1, INCOME_LIMITS.contractNoMax)
  voucherNo: string | null;

  @IsArray()
  @ArrayMaxSize(INCOME_LIMITS.vouchersPerLine)
  @Matches(ID, { each: true, message: '凭证没有传好，请重新上传' })
  voucherIds: string[];

  @trimmed
  @orNull()
  @IsString()
  @Length(1, INCOME_LIMITS.decisionNumberMax)
  decisionNo: string | null;

  @trimmed
  @IsString()
  @MaxLength(INCOME_LIMITS.noteMax)
  note: string;

  @ifGiven()
  @ValidateNested()
  @Type(() => CollectedDto)
  collected?: CollectedDto;
}

class IncomeLineDto extends LineDto implements IncomeLine {
  declare dir: 'INCOME';

  @IsIn(INCOME_CATEGORY_CODES)
  category: IncomeCategory;

  @amount()
  grossFen: number;

  @amount()
  costFen: number;

  @amount()
  netFen: number;

  @trimmed
  @orNull()
  @IsString()
  @Length(1, INCOME_LIMITS.noteMax)
  justification: string | null;
}

class SpendLineDto extends LineDto implements SpendLine {
  declare dir: 'SPEND';

  @IsIn(SPEND_CATEGORY_CODES)
  category: SpendCategory;

  @amount()
  amountFen: number;
}

/** Income or spending, told apart by `dir`; of one line or of a list. */
export const IsStatementLine = (): PropertyDecorator =>
  Type(() => LineDto, {
    discriminator: {
      property: 'dir',
      subTypes: [
        { value: IncomeLineDto, name: 'INCOME' },
        { value: SpendLineDto, name: 'SPEND' },
      ],
    },
    keepDiscriminatorProperty: true,
  });

class ReconcilingDto implements ReconcilingItem {
  @trimmed
  @IsString()
  @MaxLength(INCOME_LIMITS.noteMax)
  description: string;

  @amount()
  amountFen: number;
}

export class SaveStatementDto implements SaveStatementRequest {
  @IsQuarter()
  quarter: string;

  @amount()
  openingFen: number;

  @IsArray()
  @ArrayMaxSize(INCOME_LIMITS.linesMax)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @IsStatementLine()
  lines: StatementLine[];

  @amount()
  closingFen: number;

  @orNull()
  @amount()
  bankBalanceFen: number | null;

  @IsArray()
  @ArrayMaxSize(INCOME_LIMITS.reconcilingMax)
  @nestedEach(() => ReconcilingDto)
  reconciling: ReconcilingDto[];

  @trimmed
  @IsString()
  @MaxLength(INCOME_LIMITS.counterpartyMax)
  accountHolder: string;

  @IsInt()
  @Min(0)
  @Max(1_000_000)
  revision: number;
}

export class StatementStepDto implements StatementStepRequest {
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  revision: number;
}

export class ReturnStatementDto implements ReturnStatementRequest {
  @IsString()
  @MaxLength(INCOME_LIMITS.reasonMax)
  reason: string;
}

export class AmendStatementDto implements AmendStatementRequest {
  @IsString()
  @MaxLength(INCOME_LIMITS.reasonMax)
  reason: string;
}

export class SheetQuery {
  @ifGiven()
  @IsQuarter()
  quarter?: string;
}

export class RegisterContractDto implements RegisterContractRequest {
  @trimmed
  @IsString()
  @Length(1, INCOME_LIMITS.contractNoMax, { message: '请填写合同编号' })
  contractNo: string;

  @trimmed
  @IsString()
  @Length(1, INCOME_LIMITS.counterpartyMax, { message: '请填写对方单位' })
  counterparty: string;

  @trimmed
  @IsString()
  @Length(1, INCOME_LIMITS.noteMax, { message: '请写明租的或经营的是什么' })
  subject: string;

  @IsCalendarDate()
  signedOn: string;

  @Matches(ID, { message: '请上传合同的扫描件' })
  scanFileId: string;
}
