import { readEnvironment } from '../config/environment.ts';
import { granteeOf, grantStatements } from '../kernel/database/index.ts';

/**
 * `npm run -s grants [-- "'linli'@'10.%'"]`: prints what the application's user is to be granted, for the owner of the
 * schema to run; the user of DATABASE_URL unless another is named. `server/dist/migrate.js` does it by itself where
 * MIGRATION_DATABASE_URL names the owner. Exit 1 where there is nothing to grant on.
 */
async function main(): Promise<number> {
  const { databaseUrl } = readEnvironment();
  if (databaseUrl === null) throw new Error('DATABASE_URL is not set: the embedded database has no users.');
  const [grantee = await granteeOf(databaseUrl)] = process.argv.slice(2);
  const name = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  for (const statement of grantStatements(name, grantee)) process.stdout.write(`${statement};\n`);
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  },
);
