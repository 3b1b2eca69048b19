import type { ShotPage } from './page.ts';
import { RESIDENT_PAGES } from './residents.ts';
import { STAFF_PAGES } from './staff.ts';

/** Every page of the app, some as more than one person. */
export const PAGES: readonly ShotPage[] = [...RESIDENT_PAGES, ...STAFF_PAGES];
