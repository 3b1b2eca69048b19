import { ValidationPipe } from '@nestjs/common';
import { fillMessage, KERNEL_ERRORS, type FieldError, type KernelErrorCode } from '@linli/shared/errors';
import type { ValidationError } from 'class-validator';
import { refuse } from '../errors/refused.ts';

/** Checks every body and query against its DTO. Unknown fields are refused; nothing is converted silently. */
export function validation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const fields = errors.flatMap((error) => fieldErrors(error, ''));
      const unknown = fields.length > 0 && fields.every((field) => field.code === 'FIELD.UNKNOWN');
      return refuse(unknown ? 'REQUEST.UNKNOWN_FIELD' : 'REQUEST.INVALID', { fields });
    },
  });
}

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const path = pathOf(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).map(([rule, original]) => {
    const code = FIELD_CODES[rule] ?? 'FIELD.FORMAT';
    return { path, code, message: sentence(code, original) };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, path))];
}

/** `lines[0].netFen`, as the rules spell it: class-validator knows an index as a property. */
function pathOf(parent: string, property: string): string {
  if (parent === '') return property;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
}

/** class-validator's rule names as our field codes; the rest is a matter of format. */
const FIELD_CODES: Readonly<Record<string, KernelErrorCode>> = {
  whitelistValidation: 'FIELD.UNKNOWN',
  isDefined: 'FIELD.REQUIRED',
  isNotEmpty: 'FIELD.REQUIRED',
  maxLength: 'FIELD.TOO_LONG',
  minLength: 'FIELD.TOO_SHORT',
  max: 'FIELD.TOO_BIG',
  min: 'FIELD.TOO_SMALL',
  arrayMaxSize: 'FIELD.TOO_MANY',
  arrayMinSize: 'FIELD.TOO_FEW',
  isIn: 'FIELD.CHOICE',
};

/** A DTO may carry its own Chinese sentence; class-validator's English defaults never reach a resident. */
function sentence(code: KernelErrorCode, original: string): string {
  if (/[\u4e00-\u9fff]/.test(original)) return original;
  // The English default ends with the limit: "title must be shorter than or equal to 60 characters".
  const limit = /(-?\d+)(?!.*\d)/.exec(original)?.[1] ?? '';
  return fillMessage(KERNEL_ERRORS[code].message, { min: limit, max: limit });
}
