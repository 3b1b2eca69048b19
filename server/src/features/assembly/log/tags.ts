import { createHash } from 'node:crypto';
import type { OperatorTagger, Tag, Tagger } from '@linli/shared/ballot-log';
import type { BlindIndex } from '../../../kernel/crypto/index.ts';

const TAG_BYTES = 16;

/** Keyed for one assembly: tags of two assemblies cannot be led back to the same person. */
export function taggerOf(index: BlindIndex, assemblyId: string): Tagger & OperatorTagger {
  const tag = (kind: string, value: string) =>
    shortened(Buffer.from(index.of(`ballot-log ${assemblyId} ${kind}`, value), 'base64url'));
  return {
    unit: (unitId) => tag('unit', unitId),
    voter: (voterId) => tag('voter', voterId),
    building: (name) => tag('building', name),
    operator: (personId) => tag('operator', personId),
  };
}

/** The tag that a text is hashed to, without a key: anybody can do it again. */
export function tagOfHash(text: string): Tag {
  return shortened(createHash('sha256').update(text, 'utf8').digest());
}

const shortened = (bytes: Buffer): Tag => bytes.toString('base64url', 0, TAG_BYTES);
