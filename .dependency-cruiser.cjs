// The architecture as rules over who imports whom; `npm test` runs it. scripts/architecture has the rules that need to
// look inside a file. TypeScript 7 has no programming interface for other tools: swc parses,
// and `import type` counts as an import.

/** Anything inside another feature than the one that `from` caught as its first group, but for its index.ts. */
const insideOtherFeature = (parent) => `^${parent}/(?!$1/)[^/]+/(?!index\\.ts$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no first thing to read, and decorated classes in one are undefined at load.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'shared-stands-alone',
      comment: 'The weapp, the browser and the server run it: no packages, nothing of Node.',
      severity: 'error',
      from: { path: '^shared/src/' },
      to: { pathNot: '^shared/src/' },
    },
    {
      name: 'features-meet-at-the-door',
      comment: 'A feature imports another through its index.ts only; the rest is its own business.',
      severity: 'error',
      from: { path: '^server/src/features/([^/]+)/' },
      to: { path: insideOtherFeature('server/src/features') },
    },
    {
      name: 'shared-features-meet-at-the-door',
      severity: 'error',
      from: { path: '^shared/src/([^/]+)/' },
      to: { path: insideOtherFeature('shared/src') },
    },
    {
      name: 'only-the-door-from-outside',
      comment:
        'What is no feature itself (app.module.ts, scripts) sees of a feature what its index.ts shows.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/(features|migrations|demo)/' },
      to: { path: '^server/src/features/[^/]+/(?!index\\.ts$)' },
    },
    {
      name: 'kernel-knows-no-feature',
      severity: 'error',
      from: { path: '^server/src/(kernel|config)/' },
      to: { path: '^server/src/features/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'Decisions are functions over plain data: no framework, no database, no clock, no files.',
      severity: 'error',
      from: { path: '^server/src/features/[^/]+/domain/' },
      to: { pathNot: '^(server/src/features/[^/]+/domain/|shared/src/)' },
    },
    {
      name: 'platform-alone-touches-the-device',
      comment: 'Everything else asks miniapp/src/platform, so that tests and H5 have one place to differ.',
      severity: 'error',
      from: { path: '^miniapp/src/', pathNot: '^miniapp/src/platform/' },
      to: { path: '/node_modules/@tarojs/taro/' },
    },
    {
      name: 'subpackages-stand-alone',
      comment: 'Importing one from elsewhere pulls it into the main package.',
      severity: 'error',
      from: { path: '^miniapp/src/(?!packages/)' },
      to: { path: '^miniapp/src/packages/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'subpackages-do-not-mix',
      severity: 'error',
      from: { path: '^miniapp/src/packages/([^/]+)/' },
      to: { path: '^miniapp/src/packages/(?!$1/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sides-do-not-mix',
      comment: 'Server and app meet in shared and over HTTP.',
      severity: 'error',
      from: { path: '^(server|miniapp)/src/' },
      to: { path: '^(server|miniapp|scripts)/', pathNot: '^$1/(src|node_modules)/' },
    },
    {
      name: 'no-packages-of-development',
      comment: 'They are not there in production.',
      severity: 'error',
      from: { path: '^(server|miniapp)/src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-is-found',
      comment: 'An import that cannot be resolved hides from every rule above.',
      severity: 'error',
      from: { path: '^(shared|server|miniapp)/src/' },
      to: { couldNotResolve: true, pathNot: '\\.(css|png|svg)$' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    webpackConfig: { fileName: 'scripts/architecture/resolve.cjs' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
