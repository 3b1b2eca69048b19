import { Injectable, type PipeTransform } from '@nestjs/common';
import { refuse } from '../errors/refused.ts';

/** An id as the app makes them (ULID). */
export const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** An id in the address. One that cannot exist is simply not found. */
@Injectable()
export class IdParam implements PipeTransform<string, string> {
  transform(value: string): string {
    return idOf(value);
  }
}

export function idOf(value: string | undefined): string {
  if (value === undefined || !ID.test(value)) throw refuse('NOT_FOUND');
  return value;
}
