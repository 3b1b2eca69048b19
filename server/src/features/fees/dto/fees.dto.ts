import {
  BILL_STATES,
  FEE_LIMITS,
  FEE_TARGETS,
  FEE_UNITS,
  INSTALMENTS,
  LEDGERS,
  type BillPreviewRequest,
  type BillState,
  type BillingTermsView,
  type CancelBillRequest,
  type FeeItem,
  type FeeTarget,
  type FeeUnit,
  type Instalment,
  type InstalmentRequest,
  type IssueBillsRequest,
  type Ledger,
  type OneOffCharge,
  type PublishScheduleRequest,
  type PublishUtilitiesRequest,
  type ReferenceRate,
  type ServiceStandard,
  type UnitBillingRequest,
  type UtilityCharge,
  type UtilityMethod,
  type UtilityScope,
} from '@linli/shared/fees';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
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
import { ID, ifGiven, nested, nestedEach, orNull, trimmed } from '../../../kernel/http/fields.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';

const CODE = /^[0-9A-Za-z_-]{1,40}$/;
const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;
const FINGERPRINT = /^[A-Za-z0-9_-]{43}$/;
/** 9,999.9999 yuan for a square metre, ten million for anything at all. */
const MAX_RATE = 99_999_999;
const MAX_FEN = 1_000_000_000;
const MAX_READING = 100_000_000_000;

const MONTH_MESSAGE = { message: '请选择月份' };

class ReferenceRateDto implements ReferenceRate {
  @IsInt()
  @Min(0)
  @Max(MAX_RATE)
  rateTenThousandthYuan: number;

  @trimmed
  @IsString()
  @MaxLength(FEE_LIMITS.basisMax)
  source: string;
}

class FeeItemDto implements FeeItem {
  @Matches(CODE)
  code: string;

  @trimmed
  @IsString()
  @Length(1, FEE_LIMITS.nameMax, { message: `请写收费项目，最多 ${FEE_LIMITS.nameMax} 个字` })
  name: string;

  @IsIn(Object.keys(FEE_TARGETS), { message: '请选择适用对象' })
  target: FeeTarget;

  @IsIn(Object.keys(FEE_UNITS), { message: '请选择计费单位' })
  unit: FeeUnit;

  @IsInt({ message: '收费标准要填数字，最多四位小数' })
  @Min(0)
  @Max(MAX_RATE)
  rateTenThousandthYuan: number;

  @orNull()
  @trimmed
  @IsString()
  @MaxLength(FEE_LIMITS.nameMax)
  serviceGrade: string | null;

  @trimmed
  @IsString()
  @MaxLength(FEE_LIMITS.basisMax)
  basis: string;

  @trimmed
  @IsString()
  @MaxLength(FEE_LIMITS.noteMax)
  note: string;

  @IsIn(LEDGERS)
  ledger: Ledger;

  @orNull()
  @nested(() => ReferenceRateDto)
  reference: ReferenceRateDto | null;
}

class ServiceStandardDto implements ServiceStandard {
  @trimmed
  @IsString()
  @Length(1, FEE_LIMITS.nameMax)
  area: string;

  @trimmed
  @IsString()
  @Length(1, FEE_LIMITS.standardMax)
  standard: string;
}

export class PublishScheduleDto implements PublishScheduleRequest {
  @Matches(MONTH, MONTH_MESSAGE)
  effectiveFrom: string;

  @trimmed
  @IsString()
  @MaxLength(FEE_LIMITS.reasonMax)
  reason: string;

  @IsArray()
  @ArrayMaxSize(FEE_LIMITS.itemsMax)
  @nestedEach(() => FeeItemDto)
  items: FeeItemDto[];

  @IsArray()
  @ArrayMaxSize(FEE_LIMITS.servicesMax)
  @nestedEach(() => ServiceStandardDto)
  services: ServiceStandardDto[];
}

class UtilityScopeDto {
  @IsIn(['ALL', 'HOMES', 'SHOPS', 'BUILDINGS'])
  kind: UtilityScope['kind'];

  @ValidateIf(({ kind }: UtilityScopeDto) => kind === 'BUILDINGS')
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(FEE_LIMITS.chargesMax)
  @IsString({ each: true })
  @MaxLength(FEE_LIMITS.nameMax, { each: true })
  buildings?: string[];
}

class UtilityChargeDto implements Omit<UtilityCharge, 'scope'> {
  @trimmed
  @IsString()
  @Length(1, FEE_LIMITS.nameMax)
  name: string;

  @IsInt()
  @Min(0)
  @Max(MAX_READING)
  previousCenti: number;

  @IsInt()
  @Min(0)
  @Max(MAX_READING)
  currentCenti: number;

  @IsInt()
  @Min(0)
  @Max(MAX_READING)
  usageCenti: number;

  @IsInt()
  @Min(0)
  @Max(MAX_RATE)
  priceTenThousandthYuan: number;

  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  amountFen: number;

  @nested(() => UtilityScopeDto)
  scope: UtilityScopeDto;

  @IsIn(['AREA', 'HOUSEHOLD'])
  method: UtilityMethod;
}

export class PublishUtilitiesDto {
  @Matches(MONTH, MONTH_MESSAGE)
  month: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(FEE_LIMITS.chargesMax)
  @nestedEach(() => UtilityChargeDto)
  charges: UtilityChargeDto[];
}

/** The request as the rules know it: only BUILDINGS names buildings. */
export function toUtilities({ month, charges }: PublishUtilitiesDto): PublishUtilitiesRequest {
  return {
    month,
    charges: charges.map(({ scope, ...charge }) => ({
      ...charge,
      scope:
        scope.kind === 'BUILDINGS'
          ? { kind: scope.kind, buildings: scope.buildings ?? [] }
          : { kind: scope.kind },
    })),
  };
}

class OneOffChargeDto implements OneOffCharge {
  @Matches(ID)
  unitId: string;

  @Matches(CODE)
  itemCode: string;

  @IsInt()
  @Min(1)
  @Max(FEE_LIMITS.oneOffCountMax)
  count: number;
}

export class BillPreviewDto implements BillPreviewRequest {
  @Matches(MONTH, MONTH_MESSAGE)
  month: string;

  @orNull()
  @Matches(MONTH, MONTH_MESSAGE)
  utilitiesOf: string | null;

  @IsArray()
  @ArrayMaxSize(FEE_LIMITS.oneOffsMax)
  @nestedEach(() => OneOffChargeDto)
  oneOffs: OneOffChargeDto[];
}

export class IssueBillsDto extends BillPreviewDto implements IssueBillsRequest {
  @Matches(FINGERPRINT)
  fingerprint: string;
}

export class CancelBillDto implements CancelBillRequest {
  @trimmed
  @IsString()
  @Length(FEE_LIMITS.reasonMin, FEE_LIMITS.reasonMax, { message: '请写明为什么作废' })
  reason: string;
}

export class InstalmentDto implements InstalmentRequest {
  @IsIn(INSTALMENTS)
  instalment: Instalment;
}

export class UnitBillingDto implements UnitBillingRequest {
  @IsIn(INSTALMENTS)
  instalment: Instalment;

  @IsInt()
  @Min(0)
  @Max(20)
  commonParkingSpaces: number;

  @orNull()
  @IsCalendarDate()
  deliveredOn: string | null;
}

export class BillingTermsDto implements BillingTermsView {
  @IsInt()
  @Min(1)
  @Max(31)
  dueDay: number;

  @IsInt()
  @Min(0)
  @Max(180)
  graceDays: number;

  @IsInt()
  @Min(0)
  @Max(10_000)
  lateFeePpmPerDay: number;

  @ValidateIf(
    ({ lateFeePpmPerDay, lateFeeBasis }: BillingTermsDto) => lateFeePpmPerDay > 0 || lateFeeBasis !== null,
  )
  @trimmed
  @IsString({ message: '收违约金要写明合同哪一条' })
  @Length(FEE_LIMITS.reasonMin, FEE_LIMITS.basisMax, { message: '收违约金要写明合同哪一条' })
  lateFeeBasis: string | null;
}

export class UtilityQuery {
  @ifGiven()
  @Matches(MONTH, MONTH_MESSAGE)
  month?: string;
}

export class CollectionQuery extends PageQuery {
  @ifGiven()
  @Matches(MONTH, MONTH_MESSAGE)
  month?: string;

  @ifGiven()
  @IsIn(BILL_STATES)
  state?: BillState;

  @ifGiven()
  @IsIn(LEDGERS)
  ledger?: Ledger;

  @ifGiven()
  @IsIn(['1'])
  overdue?: '1';

  @ifGiven()
  @trimmed
  @IsString()
  @Length(1, 40)
  search?: string;
}

export class MyBillsQuery extends PageQuery {
  @Matches(ID)
  estateId: string;
}
