import type { Type } from '@nestjs/common';
import { getMetadataStorage, type ValidationArguments } from 'class-validator';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Fields = Readonly<Record<string, unknown>>;

interface Field {
  /** The rules below hold only where all of these do. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly checks: readonly ((value: unknown, of: ValidationArguments) => boolean)[];
  /** The value is a DTO itself, or an array of them. */
  readonly nested: boolean;
}
type Rules = ReadonlyMap<string, Field>;

const gathered = new WeakMap<object, Rules | null>();

/**
 * Whether an object breaks no rule of its class, as class-validator has it. That gathers the rules anew for each object
 * and prepares an error for each field; nearly every request is in order, and needs neither. A no may be wrong: whoever
 * asks has class-validator say why, and believes it. A yes never is.
 */
export function keepsRules(dto: object): boolean {
  const rules = rulesOf(dto.constructor as Type<object>);
  if (rules === null || Object.keys(dto).some((name) => !rules.has(name))) return false;
  for (const [name, field] of rules) if (!keeps(field, dto, name)) return false;
  return true;
}

function keeps({ conditions, checks, nested }: Field, object: object, property: string): boolean {
  const value = (object as Fields)[property];
  if (!conditions.every((applies) => applies(object, value))) return true;
  const of = { targetName: object.constructor.name, property, object, value, constraints: [] };
  return checks.every((check) => check(value, of)) && (!nested || keepAll(value));
}

function keepAll(value: unknown): boolean {
  if (value === undefined) return true;
  return Array.isArray(value) ? value.every(keepAll) : value instanceof Object && keepsRules(value);
}

/** Null where there are none, or one that is not known here. */
function rulesOf(dto: Type<object>): Rules | null {
  const known = gathered.get(dto);
  if (known !== undefined) return known;
  const all = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const rules =
    all.length > 0 && all.every(isPlain)
      ? new Map(
          [...Map.groupBy(all, ({ propertyName }) => propertyName)].map(([name, of]) => [name, fieldOf(of)]),
        )
      : null;
  gathered.set(dto, rules);
  return rules;
}

const PLAIN = ['customValidation', 'conditionalValidation', 'nestedValidation'];

function isPlain({ type, validateIf, groups }: Rule): boolean {
  return PLAIN.includes(type) && validateIf === undefined && (groups ?? []).length === 0;
}

function fieldOf(rules: readonly Rule[]): Field {
  const ofType = (wanted: string) => rules.filter(({ type }) => type === wanted);
  return {
    conditions: ofType('conditionalValidation').map(
      ({ constraints }) => constraints[0] as Field['conditions'][number],
    ),
    checks: ofType('customValidation').flatMap(checksOf),
    nested: ofType('nestedValidation').length > 0,
  };
}

function checksOf({ constraintCls, constraints, each }: Rule): Field['checks'] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => {
      // What answers later, or with anything but yes, is left to class-validator.
      const holds = (value: unknown, of: ValidationArguments) =>
        instance.validate(value, { ...of, constraints }) === true;
      if (!each) return holds;
      return (value, of) =>
        Array.isArray(value) ? value.every((item) => holds(item, of)) : holds(value, of);
    });
}
