// @ts-check
// `npm test [-- --only STAGE,…] [-- --list]`: everything that must hold. Plain JavaScript, for whatever Node there is.
import { command, prepared } from './bootstrap/index.mjs';

await command(() =>
  prepared(async () => {
    const [{ runTests }, { STAGES }] = await Promise.all([
      import('./test/main.ts'),
      import('./test/stages.ts'),
    ]);
    return runTests(STAGES, process.argv.slice(2));
  }),
);
