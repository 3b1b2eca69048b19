import { jestConfig } from '../scripts/test/jest.base.mjs';

export default jestConfig('server');
