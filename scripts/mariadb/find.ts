import { quietly } from '../bootstrap/child.mjs';
import { Refusal } from '../bootstrap/refusal.mjs';
import { installFromDebian } from '../machine/debian.ts';
import { findProgram } from '../machine/programs.ts';

export interface MariadbPrograms {
  readonly server: string;
  readonly installer: string;
  /** `10.11.19` */
  readonly version: string;
}

const NEED = { name: 'MariaDB', packages: ['mariadb-server'] };
/** The oldest line that the schema is tested on. */
const OLDEST = [10, 11] as const;

/** MariaDB's programs: the machine's, or installed now (root on Debian). Elsewhere refuses with the one command to run. */
export async function findMariadb(): Promise<MariadbPrograms> {
  const present = await presentMariadb();
  if (present !== null) return present;
  await installFromDebian(NEED);
  const installed = await presentMariadb();
  if (installed === null)
    throw new Refusal('MariaDB was installed but is not found.', '安装后仍未找到 MariaDB。');
  return installed;
}

async function presentMariadb(): Promise<MariadbPrograms | null> {
  const server = findProgram(['mariadbd']);
  const installer = findProgram(['mariadb-install-db']);
  if (server === null || installer === null) return null;
  const { output } = await quietly(server, ['--no-defaults', '--version']);
  const version = parseVersion(output);
  if (version === null || !isRecent(version))
    throw new Refusal(
      `MariaDB ${OLDEST.join('.')} or newer is needed, ${server} is ${version ?? 'of an unknown version'}.`,
      `需要 MariaDB ${OLDEST.join('.')} 或更新的版本。`,
    );
  return { server, installer, version };
}

/** `mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for …` → `10.11.19` */
export function parseVersion(text: string): string | null {
  return /Ver (\d+\.\d+\.\d+)-MariaDB/.exec(text)?.[1] ?? null;
}

export function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
