export { Database, type Reader, type SqlRecord, type SqlValue, type Transaction } from './database.ts';
export { isAborted, isStorageFull, isUnreachable, violates } from './faults.ts';
export { openDatabase, SchemaMismatch } from './open-database.ts';
