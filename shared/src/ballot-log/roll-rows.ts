import {
  electorateOf,
  principalKeyOf,
  type RollUnit,
  type VotingRules,
  votersOfKey,
  WHOLE_ESTATE,
} from '../assembly/index.ts';
import { canonicalJson } from '../transparency/index.ts';
import type { RollRow, Tag, Tagger } from './leaves.ts';

/** What the rows are made with: the tags, the hash, and 16 random bytes for each row. */
export interface RowMaking {
  readonly tagger: Tagger;
  readonly tagOfHash: (text: string) => Tag;
  readonly salt: () => string;
}

/**
 * The roll as it is committed to, in the order of the unit tags, which says nothing of who lives where. A principal's
 * tag is the hash of its voters' tags, so that nobody can give one set of owners two heads.
 */
export function rollRows(
  roll: readonly RollUnit[],
  rules: Pick<VotingRules, 'countParking' | 'headMerge'>,
  making: RowMaking,
): RollRow[] {
  const principalOf = principalTags(roll, rules, making);
  const { tagger, salt } = making;
  return roll
    .map((unit) => ({
      unit: tagger.unit(unit.id),
      principal: principalOf(unit),
      area: unit.areaCentiSqm,
      kind: unit.kind,
      status: unit.status,
      building: unit.building === null ? null : tagger.building(unit.building),
      owners: unit.owners.map((id) => tagger.voter(id)).sort(),
      developer: unit.developer === null ? null : tagger.voter(unit.developer),
      salt: salt(),
    }))
    .sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

/** The tag of the principal that a unit belongs to, merged where the rules merge. */
export function principalTags(
  roll: readonly RollUnit[],
  rules: Pick<VotingRules, 'countParking' | 'headMerge'>,
  { tagger, tagOfHash }: Pick<RowMaking, 'tagger' | 'tagOfHash'>,
): (unit: RollUnit) => Tag {
  const electorate = electorateOf(roll, WHOLE_ESTATE, rules);
  return (unit) => {
    const own = principalKeyOf(unit);
    const voters = votersOfKey(electorate.find(own)?.key ?? own);
    if (voters.length === 0) return tagOfHash(`principal\n${tagger.unit(unit.id)}`);
    return principalTagOf(voters, tagger, tagOfHash);
  };
}

/** The tag of the head that these people are together. */
export function principalTagOf(
  voters: readonly string[],
  tagger: Pick<Tagger, 'voter'>,
  tagOfHash: (text: string) => Tag,
): Tag {
  const tags = [...new Set(voters)].map((id) => tagger.voter(id)).sort();
  return tagOfHash(`principal\n${tags.join('+')}`);
}

/** The text that is hashed for a row. */
export const rowText = (row: RollRow): string => canonicalJson({ ...row });
