import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { refTo, type Schema } from './schema.ts';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
/** Whether the rules of a field apply to this value. */
type Condition = (object: object, value: unknown) => boolean;

/** What the schema says of one of class-validator's rules. A rule that is not listed is described by its sentence alone. */
const KEYWORDS: Readonly<Record<string, (limits: readonly unknown[]) => Schema>> = {
  isString: () => ({ type: 'string' }),
  isCalendarDate: () => ({ type: 'string', format: 'date' }),
  isInt: () => ({ type: 'integer' }),
  isBoolean: () => ({ type: 'boolean' }),
  isObject: () => ({ type: 'object' }),
  isArray: () => ({ type: 'array' }),
  isIn: ([choices]) => ({ enum: choices as readonly unknown[] }),
  equals: ([value]) => ({ const: value }),
  matches: ([pattern]) => ({ type: 'string', pattern: (pattern as RegExp).source }),
  isLength: ([min, max]) => ({
    type: 'string',
    minLength: min as number,
    ...(typeof max === 'number' ? { maxLength: max } : {}),
  }),
  minLength: ([min]) => ({ type: 'string', minLength: min as number }),
  maxLength: ([max]) => ({ type: 'string', maxLength: max as number }),
  min: ([min]) => ({ minimum: min as number }),
  max: ([max]) => ({ maximum: max as number }),
  arrayMinSize: ([min]) => ({ type: 'array', minItems: min as number }),
  arrayMaxSize: ([max]) => ({ type: 'array', maxItems: max as number }),
  arrayUnique: () => ({ type: 'array', uniqueItems: true }),
};

interface Field {
  readonly schema: Schema;
  readonly required: boolean;
  /** The server checks more than the schema can say. */
  readonly open: boolean;
}

/** The schemas of the DTOs that a document refers to, made from the limits that the server itself checks. */
export class DtoSchemas {
  private readonly known = new Map<string, { readonly dto: Type<object>; schema: Schema }>();

  /** A reference to the DTO's schema, which is kept for {@link all}. */
  ref(dto: Type<object>): Schema {
    const known = this.known.get(dto.name);
    if (known !== undefined && known.dto !== dto) throw new Error(`two DTOs are called ${dto.name}`);
    if (known === undefined) {
      const entry = { dto, schema: {} as Schema };
      this.known.set(dto.name, entry);
      entry.schema = this.schemaOf(dto);
    }
    return refTo(dto.name);
  }

  fieldsOf(dto: Type<object>): Map<string, Field> {
    const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
    const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
    return new Map(
      names.map((name) => [
        name,
        this.fieldOf(
          dto,
          name,
          rules.filter(({ propertyName }) => propertyName === name),
        ),
      ]),
    );
  }

  all(): Record<string, Schema> {
    return Object.fromEntries([...this.known].map(([name, { schema }]) => [name, schema]));
  }

  private schemaOf(dto: Type<object>): Schema {
    const fields = [...this.fieldsOf(dto)];
    const required = fields.filter(([, field]) => field.required).map(([name]) => name);
    return {
      type: 'object',
      properties: Object.fromEntries(fields.map(([name, { schema }]) => [name, schema])),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: false,
    };
  }

  private fieldOf(dto: Type<object>, name: string, rules: readonly Rule[]): Field {
    const applies = (value: unknown) =>
      conditionsOf(rules).every((condition) => condition({ [name]: value }, value));
    const whole = merge(rules.filter(({ each }) => !each).map((rule) => this.schemaOfRule(dto, name, rule)));
    const ofItems = rules.filter(({ each }) => each).map((rule) => this.schemaOfRule(dto, name, rule));
    const plain: Schema = ofItems.length > 0 ? { type: 'array', ...whole, items: merge(ofItems) } : whole;
    const { description, ...bare } = plain;
    const schema: Schema = applies(null)
      ? plain
      : { ...(description === undefined ? {} : { description }), anyOf: [bare, { type: 'null' }] };
    const open = rules.some(
      ({ type, name: rule = '' }) => type === 'customValidation' && KEYWORDS[rule] === undefined,
    );
    return { schema, required: applies(undefined), open };
  }

  private schemaOfRule(dto: Type<object>, name: string, rule: Rule): Schema {
    if (rule.type === 'nestedValidation') return this.ref(nestedType(dto, name, rule.each));
    const keywords = KEYWORDS[rule.name ?? '']?.(rule.constraints ?? []) ?? {};
    return typeof rule.message === 'string' ? { ...keywords, description: rule.message } : keywords;
  }
}

function conditionsOf(rules: readonly Rule[]): Condition[] {
  return rules.flatMap(({ type, constraints }) =>
    type === 'conditionalValidation' ? [constraints[0] as Condition] : [],
  );
}

/** Several rules of one field as one schema; their sentences, each once. */
function merge(schemas: readonly Schema[]): Schema {
  const sentences = new Set(schemas.flatMap(({ description }) => description ?? []));
  const description = sentences.size > 0 ? { description: [...sentences].join('；') } : {};
  return Object.assign({}, ...schemas, description) as Schema;
}

/** The class that class-transformer makes of this field; it alone knows what `@Type` says. */
function nestedType(dto: Type<object>, name: string, each: boolean): Type<object> {
  const made = plainToInstance(dto, { [name]: each ? [{}] : {} }) as Record<string, unknown>;
  const value = each ? (made[name] as unknown[])[0] : made[name];
  const type = (value as object).constructor as Type<object>;
  if (type === Object) throw new Error(`${dto.name}.${name} is checked as an object without a class`);
  return type;
}
