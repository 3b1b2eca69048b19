import { parseSync } from '@swc/core';

/** Something in a file that the architecture does not allow. */
export interface Violation {
  readonly file: string;
  readonly rule: string;
  readonly message: string;
}

type Node = Readonly<Record<string, unknown>>;

interface Rule {
  readonly name: string;
  readonly message: string;
  /** Which files it is for, by path from the project's folder. */
  readonly applies: (file: string) => boolean;
  /** Whether this piece of the syntax tree breaks it. */
  readonly breaks: (node: Node) => boolean;
}

const under =
  (...folders: readonly string[]) =>
  (file: string) =>
    folders.some((folder) => file.startsWith(folder));

const RULES: readonly Rule[] = [
  {
    name: 'environment-is-read-once',
    message: 'process.env is read by server/src/config only, validated and frozen.',
    applies: (file) => under('shared/src/', 'server/src/')(file) && !under('server/src/config/')(file),
    breaks: (node) => isMember(node, 'process', 'env'),
  },
  {
    name: 'no-forward-ref',
    message: 'forwardRef hides a cycle; break the cycle.',
    applies: under('server/'),
    breaks: (node) => isIdentifier(node, 'forwardRef'),
  },
  {
    name: 'no-synchronize',
    message: 'synchronize: true lets an ORM alter tables; write a migration.',
    applies: under('server/', 'scripts/'),
    breaks: (node) => isSetting(node, 'synchronize', true),
  },
  {
    name: 'left-out-is-not-null',
    message: 'IsOptional lets null past every other rule; use ifGiven, or orNull where null is meant.',
    applies: under('server/'),
    breaks: (node) => isIdentifier(node, 'IsOptional'),
  },
  {
    name: 'no-dates-from-the-wall',
    message: 'Rules take `now` as an argument; Date.now() and new Date() have no place in shared.',
    applies: under('shared/src/'),
    breaks: (node) => isMember(node, 'Date', 'now') || isEmptyNewDate(node),
  },
  {
    name: 'money-is-not-divided',
    message:
      'Fen are counted, never divided or rounded; what has to be shared out is (shared/src/fees/arithmetic.ts).',
    applies: under('shared/src/ledger/', 'server/src/features/ledger/', 'server/src/features/payments/'),
    breaks: (node) => isDivision(node) || ROUNDING.some((name) => isRounding(node, name)),
  },
];

const DIVISIONS = ['/', '/=', '%', '%=', '**', '**='];
const ROUNDING = ['round', 'floor', 'ceil', 'trunc', 'toFixed', 'toPrecision', 'parseFloat'] as const;

/** Files whose name says nothing about what is in them. */
const EMPTY_NAMES = /(^|\/)(utils?|helpers?|misc|common|stuff)\.[cm]?[jt]sx?$/;
/** Comments that switch a rule off, up to the end of the line; not texts about them. */
const SUPPRESSION =
  /(?<!['"`])(?:\/\/|\/\*)\s*(?:(?:oxlint|eslint)-disable\S*|@ts-(?:ignore|expect-error|nocheck))[^\n]*/g;
/** `-- because …`; TypeScript's own take the words as they come. */
const HAS_REASON = /--\s*\S{2,}|@ts-expect-error\s+\S+\s+\S/;

/** Everything in one file that the architecture does not allow. */
export function checkSource(file: string, text: string): Violation[] {
  return [...checkName(file), ...checkSuppressions(file, text), ...checkTree(file, text)];
}

function checkName(file: string): Violation[] {
  if (!EMPTY_NAMES.test(file)) return [];
  return [{ file, rule: 'files-say-one-thing', message: 'Name the file after the one thing it says.' }];
}

function checkSuppressions(file: string, text: string): Violation[] {
  const silent = [...text.matchAll(SUPPRESSION)].filter(([comment]) => !HAS_REASON.test(comment));
  return silent.map(([comment]) => ({
    file,
    rule: 'suppressions-carry-a-reason',
    message: `Say why after "--": ${comment.trim()}`,
  }));
}

function checkTree(file: string, text: string): Violation[] {
  const rules = RULES.filter((rule) => rule.applies(file));
  if (rules.length === 0) return [];
  const tree = parseSync(text, {
    syntax: 'typescript',
    tsx: file.endsWith('x'),
    decorators: true,
    target: 'es2023',
  });
  const broken = new Set<Rule>();
  walk(tree, (node) => {
    for (const rule of rules) if (rule.breaks(node)) broken.add(rule);
  });
  return [...broken].map(({ name, message }) => ({ file, rule: name, message }));
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) return value.forEach((item) => walk(item, visit));
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node;
  if (typeof node['type'] === 'string') visit(node);
  for (const child of Object.values(node)) walk(child, visit);
}

function isIdentifier(value: unknown, name: string): boolean {
  const node = value as Node | undefined;
  return node?.['type'] === 'Identifier' && node['value'] === name;
}

/** `object.property`, also written `object['property']`. */
function isMember(node: Node, object: string, property: string): boolean {
  if (node['type'] !== 'MemberExpression' || !isIdentifier(node['object'], object)) return false;
  const named = node['property'] as Node;
  if (named['type'] !== 'Computed') return isIdentifier(named, property);
  return (named['expression'] as Node)['value'] === property;
}

function isDivision(node: Node): boolean {
  const computes = node['type'] === 'BinaryExpression' || node['type'] === 'AssignmentExpression';
  return computes && DIVISIONS.includes(String(node['operator']));
}

/** `Math.round(…)`, `amount.toFixed(2)`, `parseFloat(…)`. */
function isRounding(node: Node, name: string): boolean {
  if (node['type'] === 'CallExpression') return isIdentifier(node['callee'], name);
  return node['type'] === 'MemberExpression' && isIdentifier(node['property'], name);
}

/** `key: value` in an object. */
function isSetting(node: Node, key: string, value: unknown): boolean {
  if (node['type'] !== 'KeyValueProperty') return false;
  const name = node['key'] as Node;
  return name['value'] === key && (node['value'] as Node)['value'] === value;
}

function isEmptyNewDate(node: Node): boolean {
  if (node['type'] !== 'NewExpression' || !isIdentifier(node['callee'], 'Date')) return false;
  const given = node['arguments'];
  return !Array.isArray(given) || given.length === 0;
}
