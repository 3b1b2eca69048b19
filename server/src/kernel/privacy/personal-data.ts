import { Injectable } from '@nestjs/common';
import type { Reader, Transaction } from '../database/index.ts';

/** One kind of record about people, as its feature knows it. */
export interface PersonalRecords {
  /** 我的投诉 */
  readonly title: string;
  /** What it is kept for and how long, for the person to read. */
  readonly purpose: string;
  /** What is kept about this person and belongs to nobody else; bounded. */
  readonly rows: (reader: Reader, personId: string) => Promise<readonly object[]>;
  /** The account is closed: erase what no law makes us keep (PIPL 47). Absent where all of it is statutory. */
  readonly erase?: (tx: Transaction, personId: string) => Promise<void>;
}

/**
 * Everything that is kept about a person, feature by feature. A feature that keeps something of people registers it
 * at module start; export and closure of an account walk through the list.
 */
@Injectable()
export class PersonalData {
  private readonly records: PersonalRecords[] = [];

  register(...records: readonly PersonalRecords[]): void {
    this.records.push(...records);
  }

  get all(): readonly PersonalRecords[] {
    return this.records;
  }
}
