// @ts-check
// `npm test [-- --only STAGE,…] [-- --list]`: everything that must hold. Plain JavaScript, for whatever Node there is.
import { command, prepared } from './bootstrap/index.mjs';

await command(() =>
  prepared(async () => {
    const { runTests } = await import('./test/main.ts');
    return runTests(process.argv.slice(2));
  }),
);
