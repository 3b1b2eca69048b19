import { beforeEach, describe, expect, test } from '@jest/globals';
import { readSeen, SEEN_LOGS_MAX } from '@linli/shared/ballot-log';
import { compactReceipt, noteOf, SUCCESSION_NAME, successionText } from '@linli/shared/transparency';
import { render, screen } from '@testing-library/react';
import { nodePrimitives } from '../../shared/test/transparency/node-primitives';
import { lineOf, logOf, type Pair, pair } from '../../shared/test/transparency/test-log';
import { LogAlarm } from '../src/packages/assembly/components/log-alarm';
import { ReceiptCheck } from '../src/packages/assembly/components/receipt-check';
import { boardNote, receiptText } from '../src/proof/check';
import { LogAlarms } from '../src/pages/home/log-alarms';
import { keepLog, keptAlarm, keptLogs } from '../src/proof/kept-logs';
import { forgetAsked, watchKeptLogs, watchLog } from '../src/proof/log-watch';
import { phonePrimitives } from '../src/proof/phone-primitives';
import { resourceCache } from '../src/request';
import { useLogAlarms } from '../src/stores';
import { ok, refusal, TestServer } from './support/server';

const NOW = Date.UTC(2026, 10, 21, 2);
const ASSEMBLY = '01KAMR3DY8D1VJ7W7R8F5YQ2ZC';
const BALLOT = '01KAMR4000000000000000000A';
const LOG = `/api/estates/e1/assemblies/${ASSEMBLY}/log`;
const HEADS = '/api/public/log-heads';
const PUBLIC_LOG = `/api/public/assemblies/${ASSEMBLY}/log`;
const base64 = (bytes: Uint8Array) => nodePrimitives.toBase64(bytes);

const ballot = (mark: string) =>
  `{"area":9000,"at":1796605260000,"ballot":"${BALLOT}","cast_by":"AAAAAAAAAAAAAAAAAAAAAA","channel":"ONLINE","principal":"AAAAAAAAAAAAAAAAAAAAAA","proxy":null,"salt":"AAAAAAAAAAAAAAAAAAAAAA","signed":true,"supersedes":null,"type":"ballot","v":1,"votes":{"01KAMR500000000000000000MA":"${mark}"}}`;
const LEAVES = ['{"type":"roll"}', '{"type":"agenda"}', ballot('FOR'), '{"n":3}', '{"n":4}', '{"n":5}'];

let server: TestServer;
let logKey: Pair;
beforeEach(() => {
  window.localStorage.clear();
  resourceCache.clear();
  forgetAsked();
  useLogAlarms.setState({ alarmed: [] });
  logKey = pair();
  server = new TestServer().install();
  keysAre([logKey]);
});

function keysAre(keys: readonly Pair[], successions: readonly string[] = []): void {
  const body = { keys: keys.map((key) => base64(key.publicKey)), successions };
  server.on('GET /api/public/log-keys', () => ok(body));
}

type Log = ReturnType<typeof logOf>;
/** The server shows the first `size` leaves of this log. */
function shows({ note, tree }: Log, size: number, keys: readonly Pair[] = [logKey]): void {
  const head = { origin: `linli.example/assemblies/${ASSEMBLY}`, keys: [], size, note: note(size, keys) };
  const grown = ({ path }: { readonly path: string }) => {
    const from = Number(/from=(\d+)/.exec(path)?.[1]);
    if (from > size) return refusal(404, 'NOT_FOUND', '没有找到');
    return ok({ ...head, from, path: tree.consistency(from, size).map(base64) });
  };
  server.on(`GET ${LOG}`, () => ok({ ...head, witnesses: [] }));
  server.on(`GET ${LOG}/consistency`, grown);
  server.on(`GET ${PUBLIC_LOG}/head`, grown);
  server.on(`GET ${HEADS}`, ({ path }) => {
    const logs = readSeen(new URL(path, 'http://linli.example').searchParams.get('seen') ?? '');
    const from = logs.find(({ assemblyId }) => assemblyId === ASSEMBLY)?.size ?? size;
    const proof = from < size ? tree.consistency(from, size).map(base64) : [];
    return ok({ logs: [{ assemblyId: ASSEMBLY, size, note: head.note, path: proof }] });
  });
}

/** The app is started anew, and nobody opens a vote. */
async function started(): Promise<void> {
  forgetAsked();
  await watchKeptLogs(NOW);
}

/** What home says to who lives there. */
function onHome(): boolean {
  const { container, unmount } = render(<LogAlarms estateId="e1" />);
  const text = container.textContent;
  unmount();
  return text.includes('表决记录前后对不上');
}

/** The app is started anew. */
function watched() {
  forgetAsked();
  return watchLog('e1', ASSEMBLY, NOW);
}

describe('what an old phone reckons with', () => {
  test('is what the server reckons with', () => {
    for (const text of ['', 'a', 'ab', 'abc', '已计入 ✓ 🏠', '%41+/=']) {
      const bytes = phonePrimitives.utf8(text);
      expect([...bytes]).toEqual([...nodePrimitives.utf8(text)]);
      expect(base64(phonePrimitives.sha256(bytes))).toBe(
        base64(nodePrimitives.sha256(nodePrimitives.utf8(text))),
      );
      expect(phonePrimitives.toBase64(bytes)).toBe(base64(bytes));
      expect([...(phonePrimitives.fromBase64(base64(bytes)) ?? [])]).toEqual([...bytes]);
    }
    for (const wrong of ['a', 'ab', 'abc', 'YQ=', 'YR==', 'Y Q=', 'YQ==\n'])
      expect(phonePrimitives.fromBase64(wrong)).toBeNull();
  });

  test('takes the log’s signature, and no other text, key, or second form of it', () => {
    const line = lineOf('log', logKey, 'text\n');
    const signature =
      phonePrimitives.fromBase64(line.trim().split(' ')[2] ?? '')?.slice(4) ?? new Uint8Array();
    const text = phonePrimitives.utf8('text\n');
    const key = Uint8Array.from(logKey.publicKey);
    expect(phonePrimitives.isSignedBy(key, text, signature)).toBe(true);
    expect(phonePrimitives.isSignedBy(key, phonePrimitives.utf8('Text\n'), signature)).toBe(false);
    expect(phonePrimitives.isSignedBy(Uint8Array.from(pair().publicKey), text, signature)).toBe(false);
    expect(phonePrimitives.isSignedBy(key, text, signature.slice(1))).toBe(false);
    const large = Uint8Array.from(signature);
    large[63] = 0xff;
    expect(phonePrimitives.isSignedBy(key, text, large)).toBe(false);
  });
});

describe('a phone that follows a vote', () => {
  test('keeps what it saw and says nothing while the record only grows', async () => {
    const log = logOf(LEAVES, logKey);
    for (const size of [2, 2, 4, 6]) {
      shows(log, size);
      expect(await watched()).toBeNull();
    }
    expect(server.requests(`GET ${LOG}/consistency`).map(({ path }) => path.replace(/.*\?/, ''))).toEqual([
      'from=2',
      'from=2',
      'from=4',
    ]);
  });

  test('of who votes for somebody elsewhere asks as everybody may, from the first look on', async () => {
    const log = logOf(LEAVES, logKey);
    const elsewhere = () => {
      forgetAsked();
      return watchLog('e2', ASSEMBLY, NOW, true);
    };
    for (const size of [2, 4]) {
      shows(log, size);
      expect(await elsewhere()).toBeNull();
    }
    expect(keptLogs()).toMatchObject([{ assemblyId: ASSEMBLY, note: log.note(4) }]);
    shows(logOf(LEAVES.slice(0, 2), logKey), 2);
    expect(await elsewhere()).toMatchObject({ growth: 'FEWER' });
    expect(server.requests(`GET ${LOG}/consistency`)).toEqual([]);
    expect(server.requests(`GET ${LOG}`)).toEqual([]);
  });

  test('says it loudly where the record forked, and keeps both checkpoints though the server repents', async () => {
    const log = logOf(LEAVES, logKey);
    shows(log, 4);
    await watched();
    shows(
      logOf(
        LEAVES.map((leaf, index) => (index === 2 ? ballot('AGAINST') : leaf)),
        logKey,
      ),
      6,
    );
    const alarm = await watched();
    expect(alarm).toMatchObject({ growth: 'FORKED', kept: log.note(4) });
    shows(log, 6);
    await watched();
    expect(keptAlarm(ASSEMBLY)).toEqual(alarm);
    render(<LogAlarm assemblyId={ASSEMBLY} />);
    expect(screen.getByText('表决记录前后对不上')).toBeTruthy();
    expect(screen.getByText('复制前后两份记录')).toBeTruthy();
  });

  test('says it where the record has become shorter', async () => {
    const log = logOf(LEAVES, logKey);
    shows(log, 6);
    await watched();
    shows(log, 4);
    expect(await watched()).toMatchObject({ growth: 'FEWER', kept: log.note(6), shown: log.note(4) });
  });

  test('goes along with a key that the old one hands over to, and with no other', async () => {
    const next = pair();
    const name = SUCCESSION_NAME;
    const text = successionText(nodePrimitives, { former: logKey.publicKey, next: next.publicKey });
    const handedOver = noteOf(text, [lineOf(name, logKey, text), lineOf(name, next, text)]);
    const log = logOf(LEAVES, logKey);
    shows(log, 2);
    await watched();
    shows(log, 4, [next]);
    keysAre([next, logKey], [handedOver]);
    expect(await watched()).toBeNull();
    const stranger = pair();
    shows(log, 6, [stranger]);
    keysAre([stranger, next]);
    expect(await watched()).toMatchObject({ growth: 'UNSIGNED' });
  });

  test('says nothing where the server cannot be reached', async () => {
    shows(logOf(LEAVES, logKey), 4);
    await watched();
    server.on(`GET ${LOG}/consistency`, () => 'NO NETWORK');
    expect(await watched()).toBeNull();
  });
});

describe('an app that starts', () => {
  const forked = () =>
    logOf(
      LEAVES.map((leaf, index) => (index === 1 ? '{"type":"another agenda"}' : leaf)),
      logKey,
    );

  test('asks once for all that the phone has seen, and nothing where it has seen nothing', async () => {
    await started();
    expect(server.asked).toEqual([]);
    const log = logOf(LEAVES, logKey);
    shows(log, 2);
    await watched();
    const before = server.asked.length;
    shows(log, 6);
    await started();
    expect(server.asked.slice(before).map(({ path }) => decodeURIComponent(path))).toEqual([
      `${HEADS}?seen=${ASSEMBLY}-2`,
    ]);
    expect(keptLogs()).toMatchObject([{ assemblyId: ASSEMBLY, note: log.note(6), alarm: null }]);
    expect(onHome()).toBe(false);
    // Who opens the vote now is not asked for the same again.
    await watchLog('e1', ASSEMBLY, NOW);
    expect(server.asked).toHaveLength(before + 1);
  });

  test('says on home and in the vote that a record forked, at this start and at every later one', async () => {
    const log = logOf(LEAVES, logKey);
    shows(log, 4);
    await watched();
    shows(forked(), 6);
    await started();
    expect(keptAlarm(ASSEMBLY)).toMatchObject({ growth: 'FORKED', kept: log.note(4) });
    expect(onHome()).toBe(true);
    render(<LogAlarm assemblyId={ASSEMBLY} />);
    expect(screen.getByText('复制前后两份记录')).toBeTruthy();
    shows(log, 6);
    await started();
    expect(onHome()).toBe(true);
  });

  test('says that a record became shorter, and that it is not there at all', async () => {
    shows(logOf(LEAVES, logKey), 6);
    await watched();
    shows(logOf(LEAVES, logKey), 4);
    await started();
    expect(keptAlarm(ASSEMBLY)).toMatchObject({ growth: 'FEWER' });
    window.localStorage.clear();
    useLogAlarms.setState({ alarmed: [] });
    await watched();
    server.on(`GET ${HEADS}`, () => ok({ logs: [] }));
    await started();
    expect(keptAlarm(ASSEMBLY)).toMatchObject({ growth: 'FEWER', shown: '' });
    expect(onHome()).toBe(true);
  });

  test('goes along with a key that was handed over, and with no other', async () => {
    const [next, stranger] = [pair(), pair()];
    const name = SUCCESSION_NAME;
    const text = successionText(nodePrimitives, { former: logKey.publicKey, next: next.publicKey });
    const handedOver = noteOf(text, [lineOf(name, logKey, text), lineOf(name, next, text)]);
    const log = logOf(LEAVES, logKey);
    shows(log, 2);
    await watched();
    shows(log, 4, [next]);
    keysAre([next, logKey], [handedOver]);
    await started();
    expect(onHome()).toBe(false);
    shows(log, 6, [stranger]);
    keysAre([stranger, next, logKey], [handedOver]);
    await started();
    expect(keptAlarm(ASSEMBLY)).toMatchObject({ growth: 'UNSIGNED' });
    expect(onHome()).toBe(true);
  });

  test('says nothing without a network, and looks again at the next start', async () => {
    shows(logOf(LEAVES, logKey), 4);
    await watched();
    server.on(`GET ${HEADS}`, () => 'NO NETWORK');
    await started();
    expect(onHome()).toBe(false);
    shows(forked(), 6);
    await started();
    expect(onHome()).toBe(true);
  });

  test('forgets the oldest of too many votes, but none that it has an alarm for', () => {
    const log = (alarm: boolean) => ({
      estateId: 'e1',
      origin: 'linli.example/x',
      note: 'x\n1\n',
      seenAt: NOW,
      alarm: alarm ? { growth: 'FORKED' as const, kept: null, shown: '', foundAt: NOW } : null,
    });
    for (let number = 0; number < SEEN_LOGS_MAX + 2; number += 1)
      keepLog(`vote-${number}`, log(number === 0));
    const kept = keptLogs().map(({ assemblyId }) => assemblyId);
    expect(kept).toHaveLength(SEEN_LOGS_MAX);
    expect(kept).toContain('vote-0');
    expect(kept).not.toContain('vote-1');
    expect(keptAlarm('vote-0')).not.toBeNull();
  });
});

describe('a receipt that is looked into', () => {
  const scannedOf = (log: Log) => compactReceipt(nodePrimitives, log.receipt(2)) ?? '';
  const shown = (given: string) => {
    const receipt = receiptText(given);
    if (receipt === null) throw new Error('no receipt');
    render(<ReceiptCheck receipt={receipt} />);
  };
  const stands = (supersededAt: number | null) => {
    server.on(`GET ${PUBLIC_LOG}/ballots/${BALLOT}`, () => ok({ supersededAt }));
  };

  test('scanned: is in, and the server hears nothing of the choice', async () => {
    const log = logOf(LEAVES, logKey);
    shows(log, 6);
    stands(null);
    shown(scannedOf(log));
    expect(await screen.findByText('这张票已计入')).toBeTruthy();
    const asked = JSON.stringify(server.asked);
    for (const secret of ['FOR', 'votes', 'tlog-proof']) expect(asked).not.toContain(secret);
  });

  test('was superseded by a later ballot of the same owner', async () => {
    const log = logOf(LEAVES, logKey);
    shows(log, 6);
    stands(NOW);
    shown(log.receipt(2));
    expect(await screen.findByText('这张票已被后来投的一票取代')).toBeTruthy();
  });

  test('without a network says what was checked and what was not', async () => {
    const log = logOf(LEAVES, logKey);
    shows(log, 6);
    stands(null);
    // The keys are known from an earlier look.
    await watched();
    for (const path of [`${PUBLIC_LOG}/head`, `${PUBLIC_LOG}/ballots/${BALLOT}`])
      server.on(`GET ${path}`, () => 'NO NETWORK');
    shown(scannedOf(log));
    expect(await screen.findByText('这张票已计入')).toBeTruthy();
    expect(screen.getByText('没有联网，没有核对；上面两项不联网也算数')).toBeTruthy();
  });

  test('of a record that is another one today is not in, with both checkpoints to copy', async () => {
    const log = logOf(LEAVES, logKey);
    shows(
      logOf(
        LEAVES.map((leaf, index) => (index === 2 ? ballot('AGAINST') : leaf)),
        logKey,
      ),
      6,
    );
    stands(null);
    shown(logOf(LEAVES.slice(0, 4), logKey).receipt(2));
    expect(await screen.findByText('这张票没有计入')).toBeTruthy();
    expect(screen.getByText('复制前后两份记录')).toBeTruthy();
    expect(log.receipt(2)).not.toBe('');
  });

  test('made by somebody else, or changed, is not in, and nobody is asked about it', async () => {
    shows(logOf(LEAVES, logKey), 6);
    shown(logOf(LEAVES, pair()).receipt(2));
    expect(await screen.findByText('这张票没有计入')).toBeTruthy();
    expect(server.requests(`GET ${PUBLIC_LOG}/head`)).toEqual([]);
  });

  test('what is no receipt is none', () => {
    for (const given of ['', '12', 'abc', 'c2sp', 'https://linli.example/#12'])
      expect(receiptText(given)).toBeNull();
    expect(boardNote('123')).toBeNull();
    expect(boardNote('cYQ')).toBe('a');
  });
});
