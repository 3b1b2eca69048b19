import 'reflect-metadata';
import { createApp } from './create-app.ts';
import { EnvironmentError, readEnvironment } from './config/environment.ts';
import { openDatabase, SchemaMismatch } from './kernel/database/index.ts';

/** Starts the server; every way it can fail to start ends in one line and a non-zero exit. */
async function main(): Promise<void> {
  const environment = readEnvironment();
  // The embedded database migrates itself; a shared one is migrated by `server/dist/migrate.js` before a roll-out.
  const database = await openDatabase(environment, { migrate: environment.databaseUrl === null });
  const app = await createApp(environment, database);
  giveBackMemory();
  await app.listen(environment.port, environment.host);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await app.close();
    await database.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

/** Loading the program leaves some 40 MB behind that V8 would keep for as long as nothing asks for memory. */
function giveBackMemory(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

function reason(error: unknown): string {
  if (error instanceof EnvironmentError) return error.problems.join('\n');
  if (error instanceof SchemaMismatch) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'The port is in use; set PORT to another one.';
  if (code === 'EACCES') return `Not allowed: ${message}`;
  return message;
}

main().catch((error: unknown) => {
  process.stderr.write(`${reason(error)}\n`);
  process.exit(1);
});
