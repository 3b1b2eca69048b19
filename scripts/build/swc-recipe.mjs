// @ts-check
// How TypeScript becomes JavaScript, the same in the build and under jest: what was tested is what runs.

/** @satisfies {import('@swc/core').Options} */
export const swcRecipe = {
  swcrc: false,
  configFile: false,
  jsc: {
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    // Nest finds what to inject in the metadata of decorated classes.
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      verbatimModuleSyntax: true,
      react: { runtime: 'automatic' },
    },
    target: 'es2023',
    keepClassNames: true,
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'es6' },
};
