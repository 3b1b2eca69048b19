/**
 * The sandbox's memory: one map per kind of record, every change appended to a journal, so that a restart
 * goes on where the last run stopped. A half-written last line (power cut, kill) is dropped.
 */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

import { parseObject, textOf } from './json.ts';
import type {
  AccessToken,
  Consent,
  ContentCheck,
  Delivery,
  IssuedCode,
  Order,
  Refund,
  SignIn,
  SubscribeMessage,
  UsedCode,
} from './records.ts';

type Tables = {
  orders: Order;
  refunds: Refund;
  deliveries: Delivery;
  messages: SubscribeMessage;
  consents: Consent;
  usedCodes: UsedCode;
  issuedCodes: IssuedCode;
  signIns: SignIn;
  tokens: AccessToken;
  checks: ContentCheck;
  counters: number;
};
type TableName = keyof Tables;

const TABLES = [
  'orders',
  'refunds',
  'deliveries',
  'messages',
  'consents',
  'usedCodes',
  'issuedCodes',
  'signIns',
  'tokens',
  'checks',
  'counters',
] as const satisfies readonly TableName[];

export type Store = {
  get<Name extends TableName>(table: Name, id: string): Tables[Name] | null;
  /** In the order in which they were first stored. */
  all<Name extends TableName>(table: Name): Tables[Name][];
  put<Name extends TableName>(table: Name, id: string, row: Tables[Name]): void;
  remove(table: TableName, id: string): void;
  /** 1, 2, 3 … for ever: a reset does not make numbers come again. */
  nextNumber(counter: string): number;
  /** Forgets everything but the counters. */
  reset(): void;
};

type Contents = Map<TableName, Map<string, unknown>>;

function replay(file: string, contents: Contents): void {
  if (!existsSync(file)) return;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const entry = parseObject(line);
    const id = textOf(entry, 'id');
    const table = TABLES.find((name) => name === entry?.['table']);
    if (!entry || !table || id === null) continue;
    if ('row' in entry) contents.get(table)?.set(id, entry['row']);
    else contents.get(table)?.delete(id);
  }
}

function compact(file: string, contents: Contents): void {
  const lines = [...contents].flatMap(([table, rows]) =>
    [...rows].map(([id, row]) => `${JSON.stringify({ table, id, row })}\n`),
  );
  writeFileSync(`${file}.new`, lines.join(''), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function openStore(file: string): Store {
  const contents: Contents = new Map(TABLES.map((table) => [table, new Map()]));
  replay(file, contents);
  compact(file, contents);

  const rows = <Name extends TableName>(table: Name): Map<string, Tables[Name]> =>
    (contents.get(table) ?? new Map()) as Map<string, Tables[Name]>;
  const write = (entry: object): void => appendFileSync(file, `${JSON.stringify(entry)}\n`);

  const store: Store = {
    get: (table, id) => rows(table).get(id) ?? null,
    all: (table) => [...rows(table).values()],
    put: (table, id, row) => {
      rows(table).set(id, row);
      write({ table, id, row });
    },
    remove: (table, id) => {
      if (rows(table).delete(id)) write({ table, id });
    },
    nextNumber: (counter) => {
      const next = (rows('counters').get(counter) ?? 0) + 1;
      store.put('counters', counter, next);
      return next;
    },
    reset: () => {
      for (const table of TABLES) if (table !== 'counters') rows(table).clear();
      compact(file, contents);
    },
  };
  return store;
}
