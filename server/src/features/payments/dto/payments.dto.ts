import {
  FEE_LIMITS,
  LEDGERS,
  PAY_CHANNELS,
  type CreatePayOrderRequest,
  type Ledger,
  type PayChannel,
  type SetPayeeRequest,
} from '@linli/shared/fees';
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
  Min,
} from 'class-validator';
import { ID, ifGiven } from '../../../kernel/http/fields.ts';

const MAX_FEN = 100_000_000;
/** 10 %: no gateway asks for more. */
const MAX_RATE = 1_000;

export class CreatePayOrderDto implements CreatePayOrderRequest {
  @IsArray()
  @ArrayMinSize(1, { message: '请先选要缴的账单' })
  @ArrayMaxSize(FEE_LIMITS.billsPerOrder, { message: `一次最多缴 ${FEE_LIMITS.billsPerOrder} 张账单` })
  @ArrayUnique()
  @Matches(ID, { each: true })
  billIds: string[];

  @IsIn(PAY_CHANNELS)
  channel: PayChannel;

  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  amountFen: number;
}

export class SetPayeeDto implements SetPayeeRequest {
  @IsIn(LEDGERS)
  ledger: Ledger;

  @IsString()
  @Length(2, FEE_LIMITS.holderMax)
  holderName: string;

  @Matches(/^\d{8,32}$/, { message: '商户号是 8 位以上数字' })
  mchId: string;

  @ifGiven()
  @IsInt()
  @Min(0)
  @Max(MAX_RATE)
  feeRateHundredthPercent?: number;
}
