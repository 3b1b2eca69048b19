import { generateKeyPairSync, sign } from 'node:crypto';
import type { WitnessKind } from '@linli/shared/ballot-log';
import {
  cosignedText,
  formatNoteKey,
  noteKey,
  parseNote,
  signatureLine,
  witnessSignature,
} from '@linli/shared/transparency';
import { Cosign, LogReader, LogSequencer, LogWitnesses } from '../../features/ballot-log/index.ts';
import { nodePrimitives } from '../../kernel/crypto/index.ts';
import type { World } from '../world.ts';

const WITNESSES = [
  ['COMMUNITY', '东关社区居民委员会', 'dongguan.community'],
  ['SCRUTINEER', '业主监票组', 'scrutineers.kangning'],
] as const;

/** Two witnesses sign every vote as it stands. Their keys are forgotten at once: nobody signs for them later. */
export async function tellWitnesses(world: World): Promise<void> {
  await world.get(LogSequencer).integrateAll();
  for (const [kind, label, name] of WITNESSES) await tellWitness(world, kind, label, name);
}

async function tellWitness(world: World, kind: WitnessKind, label: string, name: string): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = noteKey(nodePrimitives, name, 'WITNESS', raw);
  const community = await world.caller('community');
  const request = { kind, label, key: formatNoteKey(nodePrimitives, key) };
  const { id } = await world
    .get(LogWitnesses)
    .register(community, world.estateId, request, `demo-witness-${name}`);
  const { logs } = await world.get(Cosign).duties(id);
  for (const { assemblyId, size } of logs) {
    const head = await world.get(LogReader).head(assemblyId);
    const text = parseNote(nodePrimitives, head?.note ?? '')?.text ?? '';
    const at = world.clock.now();
    const signature = sign(null, Buffer.from(cosignedText(text, at)), privateKey);
    const line = signatureLine(nodePrimitives, key, witnessSignature(at, signature));
    await world.get(Cosign).cosign(id, assemblyId, { size, line });
  }
}
