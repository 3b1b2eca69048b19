import { jestConfig } from './test/jest.base.mjs';

export default jestConfig('scripts');
