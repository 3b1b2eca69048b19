import { uniqueKeyColumns } from './ddl.ts';

interface DriverFault {
  readonly code?: string;
  readonly errno?: number;
  readonly message?: string;
  readonly sqlMessage?: string;
  readonly driverError?: DriverFault;
}

/**
 * The engine gave the transaction up and nothing of it happened: it may be run again, whole.
 * MySQL 1213 deadlock, 1205 lock timeout, 1020 changed since read; TiDB 8002, 8022, 9007; SQLite busy.
 */
const ABORTED = new Set([1213, 1205, 1020, 8002, 8022, 9007]);
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EPIPE',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'POOL_CLOSED',
]);

function driverFault(error: unknown): DriverFault {
  const fault = (error ?? {}) as DriverFault;
  return fault.driverError ?? fault;
}

export function isAborted(error: unknown): boolean {
  const fault = driverFault(error);
  return ABORTED.has(fault.errno ?? 0) || (fault.code ?? '').startsWith('SQLITE_BUSY');
}

export function isUnreachable(error: unknown): boolean {
  return UNREACHABLE.has(driverFault(error).code ?? '');
}

/** No room on disk: SQLite says SQLITE_FULL, MySQL 1021 or 1114, the file system ENOSPC. */
export function isStorageFull(error: unknown): boolean {
  const fault = driverFault(error);
  return ['SQLITE_FULL', 'ENOSPC', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL'].includes(fault.code ?? '');
}

/**
 * Whether the statement lost against the unique key of this name; 'PRIMARY' is the primary key of whatever it was put
 * into. An answer, not a fault.
 */
export function violates(error: unknown, uniqueKey: string): boolean {
  const fault = driverFault(error);
  const message = fault.sqlMessage ?? fault.message ?? '';
  if (fault.errno === 1062) return message.includes(`${uniqueKey}'`);
  if (!/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(fault.code ?? '')) return false;
  if (uniqueKey === 'PRIMARY') return fault.code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
  const key = uniqueKeyColumns(uniqueKey);
  if (key === undefined) return false;
  return message.endsWith(key.columns.map((column) => `${key.table}.${column}`).join(', '));
}
