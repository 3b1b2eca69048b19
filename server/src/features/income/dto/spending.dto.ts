import { SPEND_CATEGORY_CODES, type SpendCategory } from '@linli/shared/income';
import {
  type ApplySpendingRequest,
  BANK_SUBJECTS,
  type BankSubject,
  type ExplainBankRequest,
  type PaySpendingRequest,
  type ReconcileSpendingRequest,
  type RejectSpendingRequest,
  SPENDING_LIMITS,
  SPENDING_STATES,
  type SpendingState,
} from '@linli/shared/spending';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsCalendarDate } from '../../../kernel/http/calendar-date.decorator.ts';
import { ID, ifGiven, orNull, trimmed } from '../../../kernel/http/fields.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';

const { textLength, payeeLength, reasonLength, files, bankLineNo } = SPENDING_LIMITS;

export class ApplySpendingDto implements ApplySpendingRequest {
  @IsIn(SPEND_CATEGORY_CODES, { message: '请选支出类别' })
  category: SpendCategory;

  @trimmed
  @IsString()
  @Length(textLength.min, textLength.max, {
    message: `请写明用来做什么，${textLength.min} 到 ${textLength.max} 个字`,
  })
  text: string;

  @trimmed
  @IsString()
  @Length(payeeLength.min, payeeLength.max, {
    message: `请写收款单位全称，不超过 ${payeeLength.max} 个字`,
  })
  payee: string;

  @IsInt({ message: '金额写到分' })
  @Min(1, { message: '金额要大于 0' })
  @Max(SPENDING_LIMITS.maxAmountFen)
  amountFen: number;

  @trimmed
  @orNull()
  @IsString()
  @Length(1, SPENDING_LIMITS.decisionNumberMax)
  decisionNo: string | null;

  @IsArray()
  @ArrayMinSize(files.min, { message: '请附合同或报价' })
  @ArrayMaxSize(files.max, { message: `最多附 ${files.max} 个文件` })
  @ArrayUnique()
  @Matches(ID, { each: true })
  fileIds: string[];
}

export class RejectSpendingDto implements RejectSpendingRequest {
  @trimmed
  @IsString()
  @MaxLength(reasonLength.max)
  reason: string;
}

export class PaySpendingDto implements PaySpendingRequest {
  @IsCalendarDate()
  paidOn: string;

  @trimmed
  @IsString()
  @Length(bankLineNo.min, bankLineNo.max, { message: '请照银行回单填写流水号' })
  bankLineNo: string;

  @Matches(ID, { message: '请附银行回单' })
  receiptFileId: string;
}

export class ReconcileSpendingDto implements ReconcileSpendingRequest {
  @IsString()
  @Length(1, SPENDING_LIMITS.serialMax)
  serial: string;
}

export class AccountMonthQuery {
  @Matches(/^20\d{2}-(0[1-9]|1[0-2])$/)
  month: string;
}

export class ExplainBankDto implements ExplainBankRequest {
  @IsIn(BANK_SUBJECTS)
  kind: BankSubject;

  @IsString()
  @Length(1, SPENDING_LIMITS.serialMax)
  subject: string;

  @trimmed
  @IsString()
  @MaxLength(reasonLength.max)
  reason: string;
}

export class SpendingQuery extends PageQuery {
  @ifGiven()
  @IsIn(SPENDING_STATES)
  state?: SpendingState;

  @ifGiven()
  @Matches(ID)
  decisionId?: string;
}
