import { isCalendarDate } from '@linli/shared/kernel';
import { ValidateBy } from 'class-validator';

/** Nobody here was born before, and nothing is planned after: counting days never leaves the calendar. */
const FIRST = '1900-01-01';
const LAST = '2099-12-31';

const isUsable = (value: unknown) =>
  typeof value === 'string' && isCalendarDate(value) && value >= FIRST && value <= LAST;

/** A day that exists, as 'YYYY-MM-DD', within two hundred years. */
export const IsCalendarDate = (sentence = '请填日期，如 2026-07-31'): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isCalendarDate',
      validator: { validate: isUsable },
    },
    { message: sentence },
  );
