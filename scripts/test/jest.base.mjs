// One recipe for every package: native ESM, TypeScript through swc, `@linli/shared` from its source.
import { fileURLToPath } from 'node:url';
import { swcRecipe } from '../build/swc-recipe.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string} folder the package's folder, @param {object} overrides jest settings of that package */
export function jestConfig(folder, overrides = {}) {
  return {
    rootDir: `${root}${folder}`,
    displayName: folder,
    testEnvironment: 'node',
    // Not 'import': jest adds it where a module imports; a CommonJS package that requires must not get ESM.
    testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
    extensionsToTreatAsEsm: ['.ts', '.tsx'],
    transform: { '\\.tsx?$': ['@swc/jest', { ...swcRecipe, sourceMaps: 'inline' }] },
    testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
    testPathIgnorePatterns: ['/node_modules/', '/dist/'],
    // A busy machine is slow: the limit ends what hangs, it measures nothing.
    testTimeout: 180_000,
    cacheDirectory: `${root}.cache/jest`,
    ...overrides,
  };
}
