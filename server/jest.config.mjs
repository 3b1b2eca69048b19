import { jestConfig } from '../scripts/test/jest.base.mjs';

// A fresh MariaDB schema takes a second, on a busy machine several: the limit ends what hangs, it measures nothing.
export default jestConfig('server', { testTimeout: 60_000 });
