/**
 * How often a property is tried. Few times where a thousand changes of the code by a machine have each to be met by
 * every test (`npm run prove`).
 */
export const tries = (usual: number, few = 40): number =>
  process.env['LINLI_TRIES'] === 'few' ? Math.min(usual, few) : usual;
