import type { ArgumentMetadata, PipeTransform, Type, ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { keepsRules } from './keeps-rules.ts';

/**
 * Lets a handler see only what keeps the rules of its DTO. What does is found out without a promise; the rest is the
 * framework's pipe's to explain.
 */
export class DtoPipe implements PipeTransform {
  constructor(private readonly strict: Pick<ValidationPipe, 'transform'>) {}

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { type, metatype } = metadata;
    // Our own decorators made it: the caller, the action's key.
    if (type === 'custom' || (metatype === String && typeof value === 'string')) return value;
    return instanceOf(metatype, value) ?? this.strict.transform(value, metadata);
  }
}

/** Null unless the value keeps the rules of a DTO. */
function instanceOf(metatype: ArgumentMetadata['metatype'], value: unknown): object | null {
  if (metatype === undefined || typeof value !== 'object' || value === null || Array.isArray(value))
    return null;
  const instance = plainToInstance(metatype as Type<object>, value);
  return instance.constructor === metatype && keepsRules(instance) ? instance : null;
}
