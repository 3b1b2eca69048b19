import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';

/** As much of a connection as we use here. */
export interface Connection {
  query(sql: string): Promise<readonly [readonly Record<string, unknown>[], unknown]>;
  end(): Promise<void>;
}

interface Client {
  createConnection(options: Readonly<Record<string, unknown>>): Promise<Connection>;
}

/** The server's own driver; the scripts have no packages of their own. */
const driver = createRequire(join(root, 'server', 'package.json'))('mysql2/promise') as Client;

/** Connects as root, who has no password in a private server, through its socket or its port. */
export function connect(
  place: { readonly socketPath: string } | { readonly port: number },
): Promise<Connection> {
  const address = 'port' in place ? { host: '127.0.0.1', port: place.port } : place;
  return driver.createConnection({ user: 'root', ...address, connectTimeout: 2_000 });
}
