import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchRefusal, findNpm } from '../npm.mjs';

describe('why a download failed', () => {
  test.each([
    'npm error code ENOTFOUND\nnpm error network request to the registry failed',
    'npm error code EAI_AGAIN',
    '  × installing dependencies\n  ╰─▶ error sending request: client error (Connect): dns error: failed to lookup',
  ])('no network is told as that: %s', (output) => {
    expect(fetchRefusal('Node', ' Node', output).message).toMatch(/^No network: Node cannot be fetched\./);
  });

  test('anything else is told in the words of the tool, on one line', () => {
    const output =
      'Progress: resolved 1\nERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile"\nmore\n';
    const { message } = fetchRefusal('the packages', '依赖包', output);
    expect(message).toContain('ERR_PNPM_OUTDATED_LOCKFILE');
    expect(message).not.toContain('\n');
  });
});

describe('npm is found', () => {
  let machine = '';
  beforeEach(() => {
    machine = realpathSync(mkdtempSync(join(tmpdir(), 'linli-npm-')));
    for (const folder of ['bin', 'lib/node_modules/npm/bin', 'share/npm/bin', 'path'])
      mkdirSync(join(machine, folder), { recursive: true });
  });
  afterEach(() => rmSync(machine, { recursive: true }));
  const install = (folder: string) => writeFileSync(join(machine, folder, 'npm-cli.js'), '');

  test('as it says itself when it started us', () => {
    install('share/npm/bin');
    const env = { npm_execpath: join(machine, 'share/npm/bin/npm-cli.js'), npm_node_execpath: '/its/node' };
    expect(findNpm(env, '/this/node')).toEqual({ node: '/its/node', folder: join(machine, 'share/npm/bin') });
  });

  test('beside the Node of the machine, also when a fetched one runs us', () => {
    install('lib/node_modules/npm/bin');
    const node = join(machine, 'bin/node');
    const folder = join(machine, 'bin/../lib/node_modules/npm/bin');
    expect(findNpm({ PATH: '' }, node)).toEqual({ node, folder });
    expect(findNpm({ PATH: '', LINLI_MACHINE_NODE: node }, '/fetched/node')).toEqual({ node, folder });
  });

  test('behind the link on the path, when another package manager started us', () => {
    install('share/npm/bin');
    symlinkSync(join(machine, 'share/npm/bin/npm-cli.js'), join(machine, 'path/npm'));
    const env = { npm_execpath: '/usr/bin/pnpm', PATH: `/nowhere:${join(machine, 'path')}` };
    const node = join(machine, 'bin/node');
    expect(findNpm(env, node)).toEqual({
      node,
      folder: join(machine, 'share/npm/bin'),
    });
  });

  test('nowhere', () => {
    expect(findNpm({ PATH: join(machine, 'path') }, join(machine, 'bin/node'))).toBeNull();
  });
});
