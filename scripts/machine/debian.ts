import { existsSync } from 'node:fs';
import { quietly } from '../bootstrap/child.mjs';
import { Refusal, say } from '../bootstrap/refusal.mjs';

/** A program that comes from the operating system, and how a person gets it there. */
export interface SystemNeed {
  readonly name: string;
  readonly packages: readonly string[];
}

/** The one command that a person has to run who is not root. */
export function installCommand(need: SystemNeed, hasApt: boolean): string {
  if (hasApt) return `sudo apt-get install -y ${need.packages.join(' ')}`;
  return `install ${need.packages.join(' ')} with this system's package manager`;
}

/** Installs the packages where we may (root on Debian); elsewhere says the one command to run and fails. */
export async function installFromDebian(need: SystemNeed): Promise<void> {
  const hasApt = existsSync('/usr/bin/apt-get');
  const command = installCommand(need, hasApt);
  if (!hasApt || process.getuid?.() !== 0)
    throw new Refusal(`${need.name} is missing. Run: ${command}`, `缺少 ${need.name}，请先运行上面的命令。`);
  say(`Installing ${need.packages.join(', ')} … · 正在安装 ${need.name} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const lists = await quietly('apt-get', ['update'], { env });
  const install = ['install', '-y', '--no-install-recommends', ...need.packages];
  const { code, output } = await quietly('apt-get', install, { env });
  if (code === 0) return;
  console.error(lists.code === 0 ? output : lists.output + output);
  throw new Refusal(`Installing ${need.name} failed; try: ${command}`, `安装 ${need.name} 失败。`);
}
