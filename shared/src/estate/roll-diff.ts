import { sqmText } from '../kernel/index.ts';
import { AREA_SOURCE_NAMES, UNIT_STATUS_NAMES, UNIT_USE_NAMES } from './estate.ts';
import type { RollEntry, RollParty } from './roll-entry.ts';
import { unitName } from './unit-names.ts';

/** A field of a unit that an import may change, as a person reads it. */
interface RollField {
  readonly key: RollFieldKey;
  readonly label: string;
  /** Holds names or numbers of people: masked for those who may not see them. */
  readonly personal: boolean;
  text(entry: RollEntry): string;
}

export type RollFieldKey =
  | 'UNIT'
  | 'USE'
  | 'AREA'
  | 'GROSS_AREA'
  | 'AREA_SOURCE'
  | 'STATUS'
  | 'DEVELOPER'
  | 'OWNERS'
  | 'ID_LAST4'
  | 'PHONES'
  | 'CERTIFICATE'
  | 'NOTE';

export interface RollFieldChange {
  readonly field: RollFieldKey;
  readonly label: string;
  readonly personal: boolean;
  /** '' where there was, or is, nothing. */
  readonly before: string;
  readonly after: string;
}

export interface RollUnitChange {
  readonly unitKey: string;
  readonly unitName: string;
  readonly before: RollEntry;
  readonly after: RollEntry;
  readonly fields: readonly RollFieldChange[];
}

export interface RollDiff {
  readonly added: readonly RollEntry[];
  readonly changed: readonly RollUnitChange[];
  readonly removed: readonly RollEntry[];
  readonly unchanged: number;
}

const FIELDS: readonly RollField[] = [
  { key: 'UNIT', label: '房屋', personal: false, text: unitName },
  { key: 'USE', label: '用途', personal: false, text: ({ use }) => UNIT_USE_NAMES[use] },
  {
    key: 'AREA',
    label: '专有部分面积',
    personal: false,
    text: (entry) => areaText(entry.exclusiveAreaCentiSqm),
  },
  {
    key: 'GROSS_AREA',
    label: '建筑面积',
    personal: false,
    text: (entry) => areaText(entry.grossAreaCentiSqm),
  },
  {
    key: 'AREA_SOURCE',
    label: '面积来源',
    personal: false,
    text: ({ areaSource }) => AREA_SOURCE_NAMES[areaSource],
  },
  { key: 'STATUS', label: '交付状态', personal: false, text: ({ status }) => UNIT_STATUS_NAMES[status] },
  { key: 'DEVELOPER', label: '开发企业', personal: false, text: ({ developer }) => developerText(developer) },
  {
    key: 'OWNERS',
    label: '产权人',
    personal: true,
    text: ({ owners }) => ofOwners(owners, ({ name }) => name),
  },
  {
    key: 'ID_LAST4',
    label: '证件号码后四位',
    personal: true,
    text: ({ owners }) => ofOwners(owners, idText),
  },
  { key: 'PHONES', label: '联系电话', personal: true, text: ({ owners }) => ofOwners(owners, phonesText) },
  {
    key: 'CERTIFICATE',
    label: '不动产权证号',
    personal: true,
    text: ({ certificateNo }) => certificateNo ?? '',
  },
  { key: 'NOTE', label: '备注', personal: false, text: ({ note }) => note ?? '' },
];

/**
 * What an import would do: units that are new, units that differ field by field, units that the new roll no longer
 * names. The same unit is known by its key, so that a clean re-import changes nothing.
 */
export function diffRoll(existing: readonly RollEntry[], incoming: readonly RollEntry[]): RollDiff {
  const before = new Map(existing.map((entry) => [entry.unitKey, entry]));
  const added: RollEntry[] = [];
  const changed: RollUnitChange[] = [];
  let unchanged = 0;
  for (const after of incoming) {
    const was = before.get(after.unitKey);
    before.delete(after.unitKey);
    const fields = was === undefined ? [] : changedFields(was, after);
    if (was === undefined) added.push(after);
    else if (fields.length === 0) unchanged += 1;
    else changed.push({ unitKey: after.unitKey, unitName: unitName(after), before: was, after, fields });
  }
  return { added, changed, removed: [...before.values()], unchanged };
}

/** Everything that an entry says, for a unit that is new or no longer named. */
export function rollFields(entry: RollEntry): Pick<RollFieldChange, 'field' | 'label' | 'after'>[] {
  return FIELDS.map(({ key, label, text }) => ({ field: key, label, after: text(entry) })).filter(
    ({ after }) => after !== '',
  );
}

function changedFields(before: RollEntry, after: RollEntry): RollFieldChange[] {
  return FIELDS.map(({ key, label, personal, text }) => ({
    field: key,
    label,
    personal,
    before: text(before),
    after: text(after),
  })).filter((change) => change.before !== change.after);
}

function areaText(areaCentiSqm: number | null): string {
  return areaCentiSqm === null ? '' : `${sqmText(areaCentiSqm)} ㎡`;
}

function developerText(developer: RollParty | null): string {
  return developer === null ? '' : [developer.name, ...developer.phones].join(' ');
}

/** The order of co-owners means nothing: they are compared, and shown, by name. */
function ofOwners(owners: readonly RollParty[], text: (owner: RollParty) => string): string {
  return owners
    .map(text)
    .filter((part) => part !== '')
    .sort()
    .join('、');
}

function idText({ name, idLast4 }: RollParty): string {
  return idLast4 === null ? '' : `${name} ${idLast4}`;
}

function phonesText({ name, phones }: RollParty): string {
  return phones.length === 0 ? '' : [name, ...[...phones].sort()].join(' ');
}
