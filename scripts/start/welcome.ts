import type { StartSettings } from './settings.mjs';

/** One entry of the demo's role picker, as the server offers it. */
export interface RoleEntry {
  readonly label: string;
  readonly personName: string;
  readonly story: string;
}

/** What the terminal shows when everything runs: the address, and how to sign in as whom. */
export function welcome(settings: StartSettings, roles: readonly RoleEntry[]): string {
  const addresses = [...new Set([settings.localOrigin, settings.publicOrigin])];
  const lines = ['', 'Linli is running · 邻里公开已启动', ...addresses.map((address) => `  ${address}`)];
  if (roles.length > 0)
    lines.push('', 'Sign in there by picking a role · 打开后点“登录”，选择身份：', ...table(roles));
  lines.push('', 'Ctrl-C stops it · 按 Ctrl-C 停止', '');
  return lines.join('\n');
}

function table(roles: readonly RoleEntry[]): string[] {
  const labels = Math.max(...roles.map((role) => width(role.label)));
  const names = Math.max(...roles.map((role) => width(role.personName)));
  return roles.map((role) => `  ${pad(role.label, labels)}  ${pad(role.personName, names)}  ${role.story}`);
}

/** Columns on a terminal: a Chinese character or full-width mark takes two. */
function width(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1),
    0,
  );
}

function pad(text: string, columns: number): string {
  return text + ' '.repeat(columns - width(text));
}

/** The roles of the demo; none where the server offers none. */
export async function fetchRoles(origin: string): Promise<readonly RoleEntry[]> {
  const answer = await fetch(`${origin}/api/auth/demo/roles`);
  if (!answer.ok) return [];
  const body = (await answer.json()) as readonly RoleEntry[] | { readonly items: readonly RoleEntry[] };
  return 'items' in body ? body.items : body;
}
