import { Agent, request as httpRequest } from 'node:http';

/** One request of an operation; the number picks who asks and makes keys unique. */
export interface BenchRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly milliseconds: number;
  readonly next: () => BenchRequest;
}

export interface Measured {
  readonly requests: number;
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** Keeps every connection busy for the time given: a closed loop. An answer that is not 2xx ends the benchmark. */
export async function generate({ port, connections, milliseconds, next }: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const keepBusy = async () => {
    while (performance.now() - startedAt < milliseconds) {
      const sentAt = performance.now();
      await send(agent, port, next());
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, keepBusy));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return { requests: latenciesMs.length, perSecond: latenciesMs.length / seconds, latenciesMs };
}

/** One request and its whole answer. */
export function send(
  agent: Agent,
  port: number,
  { method, path, headers, body }: BenchRequest,
): Promise<string> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = response.statusCode ?? 0;
          if (status >= 200 && status < 300) resolve(text);
          else reject(new Error(`${method} ${path} answered ${status}: ${text.slice(0, 300)}`));
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
