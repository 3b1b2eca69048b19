import {
  CREDIT_CHOICES,
  PROPOSAL_OUTCOMES,
  PROPOSAL_SUBJECTS,
  REFUND_EFFECTS,
  REFUND_LIMITS,
  REFUND_STATES,
  REFUND_SUBJECTS,
  type AskRefundRequest,
  type ChooseCreditRequest,
  type CreditChoice,
  type DecisionRequest,
  type ProposalOutcome,
  type ProposalSubject,
  type ProposeRequest,
  type RefundEffect,
  type RefundState,
  type RefundSubject,
} from '@linli/shared/refunds';
import { IsBoolean, IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { ID, ifGiven, orNull, trimmed } from '../../../kernel/http/fields.ts';
import { PageQuery } from '../../../kernel/http/paging.ts';

const MAX_FEN = 100_000_000;

export class AskRefundDto implements AskRefundRequest {
  @IsIn(REFUND_SUBJECTS)
  subject: RefundSubject;

  @Matches(ID)
  subjectId: string;

  @orNull()
  @Matches(ID)
  billId: string | null;

  @IsIn(REFUND_EFFECTS)
  effect: RefundEffect;

  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  amountFen: number;

  @trimmed
  @IsString()
  @Length(REFUND_LIMITS.reasonMin, REFUND_LIMITS.reasonMax, { message: '请写清楚为什么退' })
  reason: string;
}

export class DecisionDto implements DecisionRequest {
  @IsBoolean()
  approve: boolean;

  @trimmed
  @IsString()
  @MaxLength(REFUND_LIMITS.reasonMax)
  note: string;
}

export class ProposeDto implements ProposeRequest {
  @IsIn(PROPOSAL_SUBJECTS)
  subject: ProposalSubject;

  @Matches(ID)
  subjectId: string;

  @IsIn(PROPOSAL_OUTCOMES)
  outcome: ProposalOutcome;

  @trimmed
  @IsString()
  @Length(REFUND_LIMITS.reasonMin, REFUND_LIMITS.reasonMax, { message: '请写清楚为什么这样处理' })
  reason: string;
}

export class ChooseCreditDto implements ChooseCreditRequest {
  @IsIn(CREDIT_CHOICES)
  choice: CreditChoice;
}

export class RefundQuery extends PageQuery {
  @ifGiven()
  @IsIn(REFUND_STATES)
  state?: RefundState;
}
