/**
 * node scripts/with-node.mjs scripts/verify/test/sample.ts
 *
 * Writes scripts/verify/sample/: an export to try the verifier on, and to write another verifier against. Estate,
 * owners and keys are made up, and the keys' secrets stand below: they are worth nothing anywhere else.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Ballot,
  electorateOf,
  type RollUnit,
  WHOLE_ESTATE,
} from '../../../shared/src/assembly/index.ts';
import { NATIONAL_PROFILE } from '../../../shared/src/regions/index.ts';
import { root } from '../../bootstrap/paths.mjs';
import { exportOf, ORIGIN, ownersExport, publicExport, signer } from './export.ts';
import { CLOSES_AT, type Meeting, OPENS_AT } from './meeting.ts';
import { Random } from './random.ts';

export const SAMPLE_FOLDER = join(root, 'scripts', 'verify', 'sample');
const SEED = 20261121;
const HOMES = 150;
const BUILDINGS = ['1号楼', '2号楼', '3号楼'] as const;
const MOTIONS = {
  '01SAMPLEM0T10N0000000000A1': ['更换三部电梯', 'SPECIAL'],
  '01SAMPLEM0T10N0000000000B2': ['用公共收益增加儿童活动场地', 'ORDINARY'],
} as const;

/** The sample's files by name. */
export function sampleFiles(): Readonly<Record<string, string>> {
  const random = new Random(SEED);
  const logKey = signer(ORIGIN, 'LOG', Buffer.alloc(32, 'linli sample log'));
  const community = signer('community.example/kangning', 'WITNESS', Buffer.alloc(32, 'linli sample witness'));
  const exported = exportOf(sampleMeeting(random), random, logKey, community);
  const { log, parts } = exported;
  const last = parts.notes.at(-1) ?? '';
  const size = log.leaves.length;
  const ballot = log.leaves.findIndex((leaf) => leaf.includes('"type":"ballot"'));
  return {
    'owners.log.txt': ownersExport(parts),
    'public.log.txt': publicExport(exported),
    'receipt.tlog-proof': log.receipt(ballot, size, last),
    'checkpoint.txt': parts.notes[1] ?? '',
    'log.key.txt': `${logKey.text}\n`,
    'witness.key.txt': `${community.text}\n`,
  };
}

function sampleMeeting(random: Random): Meeting {
  const roll = Array.from({ length: HOMES }, (_, index): RollUnit => {
    const owners = [`owner-${index}`];
    if (random.oneIn(5)) owners.push(`spouse-${index}`);
    return {
      id: `unit-${index}`,
      kind: random.oneIn(15) ? 'SHOP' : 'HOME',
      areaCentiSqm: random.between(5_800, 14_500),
      status: 'DELIVERED',
      building: random.pick(BUILDINGS),
      // Some own two homes and are one head with them.
      owners: random.oneIn(10) && index > 0 ? [`owner-${index - 1}`] : owners,
      developer: null,
    };
  });
  const rules = NATIONAL_PROFILE.voting;
  const ballots: Ballot[] = [];
  for (const { key, voters } of electorateOf(roll, WHOLE_ESTATE, rules).principals.values()) {
    if (random.oneIn(7)) continue;
    const casts = random.oneIn(12) ? 2 : 1;
    for (let cast = 0; cast < casts; cast += 1)
      ballots.push(sampleBallot(random, ballots.length, key, [...voters]));
  }
  return {
    roll,
    rules,
    ballots,
    choices: new Map(),
    refused: [],
    election: null,
    motions: Object.entries(MOTIONS).map(([id, [, voteClass]]) => ({
      id,
      voteClass,
      notVoted: null,
      scope: WHOLE_ESTATE,
      representatives: {},
      served: [],
    })),
    wordings: Object.fromEntries(
      Object.entries(MOTIONS).map(([id, [title]]) => [id, { title, text: `${title}，详见会议材料。` }]),
    ),
  };
}

function sampleBallot(
  random: Random,
  index: number,
  principal: Ballot['principal'],
  voters: readonly string[],
): Ballot {
  const mark = () => random.pick(['FOR', 'FOR', 'FOR', 'FOR', 'FOR', 'AGAINST', 'ABSTAIN'] as const);
  return {
    id: `01SAMPLEBA1107${String(index).padStart(12, '0')}`,
    principal,
    castBy: random.pick(voters),
    receivedAt: random.between(OPENS_AT, CLOSES_AT),
    channel: random.oneIn(6) ? 'PAPER' : 'ONLINE',
    signed: true,
    proxy: null,
    votes: Object.fromEntries(Object.keys(MOTIONS).map((id) => [id, mark()])),
  };
}

if (import.meta.main) {
  mkdirSync(SAMPLE_FOLDER, { recursive: true });
  for (const [name, text] of Object.entries(sampleFiles())) writeFileSync(join(SAMPLE_FOLDER, name), text);
}
