import 'reflect-metadata';
import { readEnvironment } from './config/environment.ts';
import { openDatabase } from './kernel/database/index.ts';

/** Brings a database up to date before a roll-out: `node server/dist/migrate.js`. */
const database = await openDatabase(readEnvironment(), { migrate: true });
await database.close();
