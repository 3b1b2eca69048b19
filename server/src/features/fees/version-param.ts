import { Injectable, type PipeTransform } from '@nestjs/common';
import { refuse } from '../../kernel/errors/refused.ts';

/** A version number in the address. */
@Injectable()
export class VersionParam implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^[1-9]\d{0,5}$/.test(value)) throw refuse('NOT_FOUND');
    return Number(value);
  }
}
