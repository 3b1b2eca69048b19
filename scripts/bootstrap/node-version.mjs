// @ts-check

/** The line of Node that is fetched when the machine's own is too old. */
export const FETCHED_NODE = 'node@24';

/**
 * Whether this Node runs the project as it is: TypeScript without a flag (22.18, 23.6) and better-sqlite3's binary
 * (not on 20).
 *
 * @param {string} version as `process.versions.node` has it
 */
export function isRecentEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 22) return minor >= 18;
  if (major === 23) return minor >= 6;
  return major > 23;
}
