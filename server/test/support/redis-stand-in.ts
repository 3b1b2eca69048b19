import { createHash } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the rate limiter runs inside Redis: count up, and give the key a life when it has none. */
const COUNT_UP = /set.+NX[\s\S]*incrby[\s\S]*pttl/;

interface Counter {
  value: number;
  endsAt: number;
}

type Reply = string | number | null | readonly Reply[] | { readonly error: string };

/**
 * Redis as far as shared rate limits use it, over its own protocol (RESP2), for machines that have none: the handshake,
 * GET, and the one script. What it does not know it refuses, so that a new use shows.
 */
export class RedisStandIn {
  private readonly counters = new Map<string, Counter>();
  private readonly scripts = new Set<string>();
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  private port = 0;
  private mute = false;

  async start(): Promise<void> {
    const server = createServer((socket) => this.serve(socket));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    this.mute = false;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Takes commands and answers none, as a machine does that hangs. */
  hang(): void {
    this.mute = true;
  }

  /** Gone, with everything that it counted. */
  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.counters.clear();
    this.scripts.clear();
    await new Promise<void>((resolve) => {
      if (this.server === null) resolve();
      else this.server.close(() => resolve());
    });
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    let waiting = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let command = readCommand(waiting); command !== null; command = readCommand(waiting)) {
        waiting = waiting.subarray(command.length);
        if (!this.mute) socket.write(encode(this.answer(command.words)));
      }
    });
  }

  private answer([name = '', ...args]: readonly string[]): Reply {
    switch (name.toUpperCase()) {
      case 'INFO':
        return 'redis_version:7.0.15\r\nloading:0\r\n';
      case 'CLIENT':
      case 'SELECT':
        return 'OK';
      case 'GET':
        return this.counterOf(args[0] ?? '')?.value.toString() ?? null;
      case 'EVAL':
        return this.run(args);
      case 'EVALSHA':
        return this.runKnown(args);
      default:
        return { error: `ERR unknown command '${name}'` };
    }
  }

  /** Runs the script and, as Redis does, knows it by its hash from then on. */
  private run([script = '', ...args]: readonly string[]): Reply {
    if (!COUNT_UP.test(script)) return { error: 'ERR another script than the rate limiter’s' };
    this.scripts.add(createHash('sha1').update(script).digest('hex'));
    return this.countUp(args);
  }

  private runKnown([hash = '', ...args]: readonly string[]): Reply {
    if (!this.scripts.has(hash)) return { error: 'NOSCRIPT No matching script. Please use EVAL.' };
    return this.countUp(args);
  }

  private countUp([, key = '', points = '', seconds = '']: readonly string[]): Reply {
    const counter = this.counterOf(key) ?? { value: 0, endsAt: Date.now() + Number(seconds) * 1000 };
    counter.value += Number(points);
    this.counters.set(key, counter);
    return [counter.value, counter.endsAt - Date.now()];
  }

  private counterOf(key: string): Counter | undefined {
    const counter = this.counters.get(key);
    return counter === undefined || counter.endsAt <= Date.now() ? undefined : counter;
  }
}

/** The first whole command in the bytes: an array of texts, each with its length. */
function readCommand(bytes: Buffer): { readonly words: string[]; readonly length: number } | null {
  const words: string[] = [];
  const lineFrom = (start: number) => {
    const end = bytes.indexOf('\r\n', start);
    return end < 0 ? null : { number: Number(bytes.toString('latin1', start + 1, end)), next: end + 2 };
  };
  const head = lineFrom(0);
  if (head === null) return null;
  let at = head.next;
  while (words.length < head.number) {
    const size = lineFrom(at);
    if (size === null || bytes.length < size.next + size.number + 2) return null;
    words.push(bytes.toString('utf8', size.next, size.next + size.number));
    at = size.next + size.number + 2;
  }
  return { words, length: at };
}

function encode(reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
  if ('error' in reply) return `-${reply.error}\r\n`;
  return `*${reply.length}\r\n${reply.map(encode).join('')}`;
}
