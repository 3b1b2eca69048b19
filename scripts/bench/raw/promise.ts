import { createHash, createHmac, createPrivateKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { seal } from '../crypto.ts';
import { newId, type RawContext } from './context.ts';
import type { RawStatements } from './database.ts';

const sha256 = (...parts: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** Ed25519 from its seed. */
export function signingKey(seed: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export interface RawLeaf {
  readonly assemblyId: string;
  readonly origin: string;
  readonly principal: string;
  readonly area: number;
  readonly castBy: string;
  readonly ballotId: string;
  readonly receivedAt: number;
  readonly supersedes: string | null;
  readonly marks: Readonly<Record<string, string>>;
}

/** The leaf of a ballot, sealed and promised: what the server does for each cast. */
export async function promise(
  statements: RawStatements,
  { fieldKey, indexKey, logKey }: Pick<RawContext, 'fieldKey' | 'indexKey' | 'logKey'>,
  leaf: RawLeaf,
): Promise<string> {
  const purpose = `ballot-log ${leaf.assemblyId} voter`;
  const voter = createHmac('sha256', indexKey).update(`${purpose}\u0000${leaf.castBy}`, 'utf8').digest();
  const text = JSON.stringify({
    area: leaf.area,
    at: leaf.receivedAt,
    ballot: leaf.ballotId,
    cast_by: voter.toString('base64url', 0, 16),
    channel: 'ONLINE',
    principal: leaf.principal,
    proxy: null,
    salt: randomBytes(16).toString('base64url'),
    signed: true,
    supersedes: leaf.supersedes,
    type: 'ballot',
    v: 1,
    votes: leaf.marks,
  });
  const hash = sha256(Buffer.from([0]), Buffer.from(text, 'utf8')).toString('base64');
  const id = newId();
  const promisedAt = Date.now();
  await statements.insert('ballot_log_pending', {
    id,
    log_id: leaf.assemblyId,
    subject_id: leaf.ballotId,
    leaf_hash: hash,
    leaf_sealed: seal(fieldKey, text, { table: 'ballot_log', column: 'leaf_sealed', rowId: id }),
    promised_at: promisedAt,
  });
  const note = `${leaf.origin}\npromise\n${hash}\n${promisedAt}\n`;
  const signature = sign(null, Buffer.from(note, 'utf8'), logKey).toString('base64');
  return `${note}\n— ${leaf.origin} ${signature}\n`;
}
