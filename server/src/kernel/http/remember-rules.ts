import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>;
type Lookup = Storage['getTargetValidationMetadatas'];

const remembered = Symbol('linli:remembered');

/**
 * class-validator collects a DTO's rules anew for each object, by a walk over every DTO of the program. They are the
 * same each time: decorators have all run before the first request. Nothing here validates by groups or schemas, which
 * would make them differ.
 */
export function rememberRules(): void {
  const storage = getMetadataStorage();
  if (remembered in storage.getTargetValidationMetadatas) return;
  const collect: Lookup = storage.getTargetValidationMetadatas.bind(storage);
  const known = new WeakMap<object, Rules>();
  const lookUp: Lookup = (target, ...how) => {
    const rules = known.get(target) ?? collect(target, ...how);
    known.set(target, rules);
    return rules;
  };
  storage.getTargetValidationMetadatas = Object.assign(lookUp, { [remembered]: true });
}
