import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type UserConfigExport, defineConfig } from '@tarojs/cli';

const here = path.resolve(__dirname, '..');
const shared = path.resolve(here, '../shared/src');
const platform = process.env['TARO_ENV'] ?? 'h5';

/** `@linli/shared/<feature>` is compiled from its source, a folder each. */
const sharedAlias = Object.fromEntries(
  readdirSync(shared, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => [`@linli/shared/${entry.name}$`, path.join(shared, entry.name, 'index.ts')]),
);

/** Where the weapp finds the server. H5 is served by the server itself. */
const serverOrigin = platform === 'h5' ? '' : (process.env['SERVER_ORIGIN'] ?? 'http://127.0.0.1:3000');

/**
 * One copy of everything: the frameworks in one file, our own pieces in another. Left alone, webpack gives each
 * lazily loaded page its own copy of the components.
 */
const h5Chunks = {
  chunks: 'all',
  minSize: 0,
  hidePathInfo: true,
  cacheGroups: {
    default: false,
    defaultVendors: false,
    vendors: {
      name: 'vendors',
      test: /[\\/]node_modules[\\/]/,
      chunks: 'initial',
      priority: 30,
      enforce: true,
    },
    // Web components of @tarojs that only later pages use stay in files of their own.
    lazyVendors: { test: /[\\/]node_modules[\\/]/, chunks: 'async', priority: 20, minChunks: 2 },
    shell: {
      name: 'shell',
      test: /[\\/]miniapp[\\/]src[\\/](components|request|stores|platform|styles)[\\/](?!staff[\\/])|[\\/]src[\\/]routes\.ts|[\\/]shared[\\/]src[\\/](kernel|identity)[\\/]/,
      priority: 15,
      minChunks: 2,
    },
    staff: { name: 'staff', test: /[\\/]components[\\/]staff[\\/]/, priority: 15, minChunks: 2 },
  },
};

export default defineConfig<'webpack5'>({
  projectName: 'linli',
  date: '2026-11-21',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 2.34 / 2, 750: 1, 828: 1.81 / 2 },
  sourceRoot: 'src',
  outputRoot: `dist/${platform}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  logger: { quiet: process.env['CI'] === '1', stats: false },
  alias: { '@': path.join(here, 'src'), ...sharedAlias },
  defineConstants: { SERVER_ORIGIN: JSON.stringify(serverOrigin) },
  plugins: [path.join(here, 'config/aria-plugin.js')],
  copy: { patterns: [], options: {} },
  mini: {
    compile: { include: [shared] },
    optimizeMainPackage: { enable: true },
    postcss: {
      cssModules: { enable: false },
      [path.join(here, 'config/wxss-universal.js')]: { enable: true },
    },
  },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    router: { mode: 'browser' },
    // Tab icons as files: inside the script everybody would wait for them.
    imageUrlLoaderOption: { limit: 256 },
    compile: { include: [shared] },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'chunk/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    postcss: {
      autoprefixer: { enable: true },
      cssModules: { enable: false },
      // 375 wide is the drawing. The root size is set by styles/h5.css and not by a script in the page, so that the
      // page can forbid inline scripts; `maxRootSize` says the same.
      pxtransform: { enable: true, config: { baseFontSize: 20, minRootSize: 19, maxRootSize: 22 } },
    },
    webpackChain(chain) {
      chain.resolve.alias.set(
        '@tarojs/components/dist/taro-components/taro-components.css',
        path.join(here, 'src/styles/nothing.css'),
      );
      chain.performance.hints(false);
      chain.stats('errors-warnings');
      chain.optimization.splitChunks(h5Chunks);
    },
  },
} satisfies UserConfigExport<'webpack5'>);
