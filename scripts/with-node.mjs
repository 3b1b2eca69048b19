// @ts-check
// `with-node.mjs FILE args…` runs a TypeScript file, `with-node.mjs --bin NAME args…` a program of an installed
// package; both under a recent Node and with the packages in place.
import { join } from 'node:path';
import { command, foreground, prepared, root } from './bootstrap/index.mjs';

const [first, ...rest] = process.argv.slice(2);
// Paths in the arguments are the caller's, who may have run this from another folder.
const cwd = process.cwd();

await command(() =>
  prepared(() => {
    if (first === '--bin') return runBin(rest[0] ?? '', rest.slice(1));
    const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning'];
    return foreground(process.execPath, [...flags, join(root, first ?? ''), ...rest], { cwd });
  }),
);

/**
 * @param {string} name
 * @param {readonly string[]} args
 */
function runBin(name, args) {
  const windows = process.platform === 'win32';
  const program = join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);
  return foreground(program, args, { cwd, shell: windows });
}
