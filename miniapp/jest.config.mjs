import { fileURLToPath } from 'node:url';
import { jestConfig } from '../scripts/test/jest.base.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default jestConfig('miniapp', {
  testEnvironment: here('./node_modules/jest-environment-jsdom/build/index.js'),
  setupFiles: [here('./test/stubs/setup.ts')],
  setupFilesAfterEnv: [here('./test/support/patience.ts')],
  moduleNameMapper: {
    '\\.css$': here('./test/stubs/style.ts'),
    '^@tarojs/components$': here('./test/stubs/taro-components.tsx'),
    '^@tarojs/taro$': here('./test/stubs/taro.ts'),
    '^@/(.*)$': here('./src/$1'),
  },
});
