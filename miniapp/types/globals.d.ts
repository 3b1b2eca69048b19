/** Replaced at build time (config/index.ts): where the weapp finds the server; empty on H5, which is served by it. */
declare const SERVER_ORIGIN: string;

declare module '*.css';
declare module '*.png' {
  const url: string;
  export default url;
}
