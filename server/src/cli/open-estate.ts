import type { INestApplicationContext } from '@nestjs/common';
import { mayReachArea, ROLES_OF_ORGANISATION, type OrganisationKind } from '@linli/shared/identity';
import { OnboardingService } from '../features/estate/index.ts';
import { PersonsRepository } from '../features/identity/index.ts';
import { Database } from '../kernel/database/index.ts';
import { validation } from '../kernel/http/validation.ts';
import { OpeningDto, type OfficerDto } from './opening.dto.ts';

/** Who may vouch for somebody's first office: the operator and those who supervise estates. */
const WITNESSES: readonly OrganisationKind[] = ['OPERATOR', 'BUREAU', 'STREET', 'COMMUNITY'];

/** Why an estate cannot be opened as it is written; each a line for the person at the machine. */
class OpeningRefused extends Error {}

/** Checks the whole document first; nothing is written where anything in it is at fault. */
export async function openEstate(app: INestApplicationContext, document: unknown): Promise<string> {
  const opening = (await validation().transform(document, {
    type: 'body',
    metatype: OpeningDto,
  })) as OpeningDto;
  const faults = [...faultsOf(opening), ...(await clashes(app.get(Database), opening))];
  if (faults.length > 0) throw new OpeningRefused(faults.join('\n'));
  return write(app, opening);
}

function faultsOf({ organisations }: OpeningDto): string[] {
  const misplaced = organisations.flatMap(({ kind, name, officers }) =>
    officers
      .filter(({ role }) => !ROLES_OF_ORGANISATION[kind].includes(role))
      .map((officer) => `${name} (${kind}) has no ${officer.role}: ${officer.name}`),
  );
  const operators = organisations.filter(({ kind }) => kind === 'OPERATOR');
  const witnesses = new Set(witnessesOf(organisations).map(({ phone }) => phone));
  return [
    ...misplaced,
    ...(operators.some(({ officers }) => officers.length > 0) ? [] : ['An operator is missing.']),
    ...(witnesses.size >= 3
      ? []
      : ['Granting an office takes two others: three people of the operator, bureau, street or community.']),
  ];
}

async function clashes(database: Database, { estate }: OpeningDto): Promise<string[]> {
  const estates = await database.rows<{ name: string }>('SELECT name FROM estates');
  return estates.some(({ name }) => name === estate.name)
    ? [`There is an estate ${estate.name} already.`]
    : [];
}

function witnessesOf(organisations: OpeningDto['organisations']): OfficerDto[] {
  return WITNESSES.flatMap((kind) =>
    organisations.filter((each) => each.kind === kind).flatMap(({ officers }) => officers),
  );
}

async function write(app: INestApplicationContext, { estate, organisations }: OpeningDto): Promise<string> {
  const onboarding = app.get(OnboardingService);
  const people = await personsOf(
    app,
    organisations.flatMap(({ officers }) => officers),
  );
  const personOf = ({ phone }: OfficerDto) => people.get(phone) ?? '';
  const witnesses = [...new Set(witnessesOf(organisations).map(personOf))];
  const estateId = await onboarding.addEstate('SYSTEM', estate);
  for (const { kind, name, phone, officers } of organisations) {
    const estateIds = kind === 'OPERATOR' ? [] : [estateId];
    const organisationId = await onboarding.addOrganisation('SYSTEM', { kind, name, phone, estateIds });
    for (const officer of officers) {
      const personId = personOf(officer);
      const [grantedBy = '', confirmedBy = ''] = witnesses.filter((witness) => witness !== personId);
      const { role, startsOn, endsOn } = officer;
      const reach = mayReachArea(kind) ? null : estateId;
      const office = { personId, organisationId, estateId: reach, role, startsOn, endsOn };
      await onboarding.addMembership('SYSTEM', { ...office, grantedBy, confirmedBy });
    }
  }
  return estateId;
}

/** By phone; whoever the server knows already is the same person. */
async function personsOf(
  app: INestApplicationContext,
  officers: readonly OfficerDto[],
): Promise<Map<string, string>> {
  const persons = app.get(PersonsRepository);
  const found = new Map<string, string>();
  for (const { name, phone } of officers) {
    if (found.has(phone)) continue;
    const id = await app.get(Database).transaction(async (tx) => {
      const known = await persons.byPhone(tx, phone);
      return known?.id ?? persons.create(tx, { name, phone });
    });
    found.set(phone, id);
  }
  return found;
}
