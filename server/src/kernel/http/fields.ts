import { applyDecorators, type Type as Class } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { IsObject, ValidateIf, ValidateNested } from 'class-validator';

/** What the fields of many DTOs have in common. */

export { ID } from './id-param.ts';

/** 2100-01-01; nothing is planned later. */
export const LATEST_INSTANT = 4_102_444_800_000;

/** Spaces around a text are not meant. */
export const trimmed = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim() : value,
);

/** The other rules of the field hold unless it is null. */
export const orNull = () => ValidateIf((_, value) => value !== null);

/** The other rules of the field hold unless it is left out. Null is not left out, as class-validator's IsOptional has it. */
export const ifGiven = () => ValidateIf((_, value) => value !== undefined);

/** An object with rules of its own, which has to be there: ValidateNested alone is content with nothing. */
export const nested = (of: () => Class<object>): PropertyDecorator =>
  applyDecorators(IsObject(), ValidateNested(), Type(of));

/** Objects with rules of their own, in an array: ValidateNested alone takes an empty list for an object that keeps them. */
export const nestedEach = (of: () => Class<object>): PropertyDecorator =>
  applyDecorators(IsObject({ each: true }), ValidateNested({ each: true }), Type(of));
