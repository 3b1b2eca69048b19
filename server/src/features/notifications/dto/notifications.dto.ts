import {
  SUBSCRIPTION_ANSWERS,
  type ReadUpToRequest,
  type SubscriptionAnswer,
  type SubscriptionAnswers,
} from '@linli/shared/notifications';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, Matches } from 'class-validator';
import { ID, nestedEach } from '../../../kernel/http/fields.ts';

export class ReadUpToDto implements ReadUpToRequest {
  @Matches(ID)
  upTo: string;
}

class SubscriptionAnswerDto {
  @Matches(/^[0-9A-Za-z_-]{6,64}$/)
  templateId: string;

  @IsIn(SUBSCRIPTION_ANSWERS)
  answer: SubscriptionAnswer;
}

export class SubscriptionAnswersDto implements SubscriptionAnswers {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @nestedEach(() => SubscriptionAnswerDto)
  answers: SubscriptionAnswerDto[];
}
