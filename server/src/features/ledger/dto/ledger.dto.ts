import {
  ACCOUNT_KINDS,
  type AccountKind,
  BOOKS,
  type Book,
  DOCUMENT_KINDS,
  type DocumentKind,
} from '@linli/shared/ledger';
import { IsIn, Matches } from 'class-validator';
import { PageQuery } from '../../../kernel/http/paging.ts';
import { ifGiven } from '../../../kernel/http/fields.ts';

export class AccountsQuery extends PageQuery {
  @IsIn(BOOKS)
  book: Book;

  @IsIn(ACCOUNT_KINDS)
  kind: AccountKind;
}

export class EntriesQuery extends AccountsQuery {
  /** A home's id or a category. */
  @ifGiven()
  @Matches(/^[0-9A-Z_]{1,26}$/)
  subject?: string;
}

export class TraceQuery {
  @IsIn([...DOCUMENT_KINDS, 'ORDER_NO'])
  kind: DocumentKind | 'ORDER_NO';

  @Matches(/^[0-9A-Za-z_:.-]{1,64}$/)
  id: string;
}
