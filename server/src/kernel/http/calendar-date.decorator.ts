import { isCalendarDate } from '@linli/shared/kernel';
import { ValidateBy } from 'class-validator';

/** A day that exists, as 'YYYY-MM-DD'. */
export const IsCalendarDate = (sentence = '请填日期，如 2026-07-31'): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isCalendarDate',
      validator: { validate: (value: unknown) => typeof value === 'string' && isCalendarDate(value) },
    },
    { message: sentence },
  );
