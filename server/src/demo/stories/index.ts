import type { World } from '../world.ts';
import { tellAssembly } from './assembly.story.ts';
import { tellAudit } from './audit.story.ts';
import { tellContacts } from './contacts.story.ts';
import { tellDisclosure } from './disclosure.story.ts';
import { tellDunning } from './dunning.story.ts';
import { tellElection } from './election.story.ts';
import { tellEstate } from './estate.story.ts';
import { tellFees } from './fees.story.ts';
import { tellIncome } from './income.story.ts';
import { tellPeople } from './people.story.ts';
import { tellRecall } from './recall.story.ts';
import { tellRelief } from './relief.story.ts';
import { tellRoles } from './roles.story.ts';
import { tellSpending } from './spending.story.ts';
import { tellTickets } from './tickets.story.ts';
import { tellWitnesses } from './witnesses.story.ts';

/** In this order: the estate and its people first, the role picker last, so that a broken demo is made again. */
export const STORIES: readonly (readonly [name: string, tell: (world: World) => Promise<void>])[] = [
  ['estate and roll', tellEstate],
  ['homes and claims', tellPeople],
  ['assemblies', tellAssembly],
  ['witnesses of the votes', tellWitnesses],
  ['election and petition', tellElection],
  ['public income', tellIncome],
  ['spending', tellSpending],
  ['yearly audit', tellAudit],
  ['complaints', tellTickets],
  ['fees, bills and payments', tellFees],
  ['relief in hardship', tellRelief],
  ['reminders of what is overdue', tellDunning],
  ['contact board', tellContacts],
  ['postings and notices', tellDisclosure],
  ['another estate: recall, by-election, agents and guardians', tellRecall],
  ['role picker', tellRoles],
];
