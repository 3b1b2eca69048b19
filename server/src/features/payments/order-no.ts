import { Injectable, type PipeTransform } from '@nestjs/common';
import { refuse } from '../../kernel/errors/refused.ts';

const ORDER_NO = /^P[0-9A-HJKMNP-TV-Z]{26}$/;

/** `out_trade_no`: 27 of the characters that WeChat allows, and never used again. */
export function orderNoOf(id: string): string {
  return `P${id}`;
}

/** An order's number in the address. */
@Injectable()
export class OrderNoParam implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!ORDER_NO.test(value)) throw refuse('NOT_FOUND');
    return value;
  }
}
