export { Database, type Reader, type SqlRecord, type Transaction } from './database.ts';
export type { SqlValue } from './engine.ts';
export { changeableTables, granteeOf, grantStatements } from './grants.ts';
export { isAborted, isStorageFull, isUnreachable, violates } from './faults.ts';
export { openDatabase, SchemaMismatch, SQLITE_FILE } from './open-database.ts';
export { update } from './update.ts';
