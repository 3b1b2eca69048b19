import { spawn } from 'node:child_process';

/**
 * Waits for a line on its input. When the input closes without one, whoever held it was killed: ends the server and
 * removes its folder in its place.
 */
const SCRIPT = `
if read -r _; then exit 0; fi
kill "$1" 2>/dev/null
while kill -0 "$1" 2>/dev/null; do sleep 0.1; done
rm -rf "$2"
`;

export interface Guard {
  /** The server is gone and its folder too; nothing is left to guard. */
  dismiss(): void;
}

/** Sees to it that a private server does not outlive us, even when we are killed outright. */
export function guard(serverPid: number, folder: string): Guard {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'guard', String(serverPid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  // A pipe is a socket to Node, and an open one keeps the process alive.
  const { stdin } = child as {
    stdin: { unref?: () => void; end(text: string): void; on(name: 'error', f: () => void): void };
  };
  stdin.unref?.();
  stdin.on('error', () => undefined);
  return { dismiss: () => stdin.end('done\n') };
}
