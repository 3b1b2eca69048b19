// How the app's own short names resolve, for dependency-cruiser: `@/platform` is miniapp/src/platform.
const path = require('node:path');

module.exports = { resolve: { alias: { '@': path.resolve('miniapp/src') } } };
