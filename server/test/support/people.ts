import type { FilePurpose } from '@linli/shared/files';
import type { Claim, ClaimRequest } from '@linli/shared/identity';
import sharp from 'sharp';
import { SessionsService } from '../../src/features/identity/index.ts';
import { FilesService } from '../../src/kernel/files/index.ts';
import type { Answer, TestApp } from './app.ts';
import type { TestPerson } from './estate-builder.ts';

let actions = 0;
/** A key such as the phone makes for each tap. */
export const tapKey = () => `people-action-${String(++actions).padStart(8, '0')}`;

/** A photo of a certificate that the person has uploaded and not used yet. */
export async function evidence(
  app: TestApp,
  person: TestPerson,
  purpose: FilePurpose = 'CLAIM_EVIDENCE',
): Promise<string> {
  const body = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#8a6' } })
    .jpeg()
    .toBuffer();
  const caller = await app.nest.get(SessionsService).find(person.token);
  if (caller === null) throw new Error('The person is signed out');
  const file = await app.nest.get(FilesService).keep(caller, { purpose, name: '房产证.jpg', body });
  return file.id;
}

export async function claim(
  app: TestApp,
  person: TestPerson,
  estateId: string,
  facts: Partial<ClaimRequest> & Pick<ClaimRequest, 'unitId'>,
  key = tapKey(),
): Promise<Answer<Claim>> {
  const body: ClaimRequest = {
    kind: 'OWNER',
    realName: '张三',
    note: '',
    evidenceFileIds: facts.evidenceFileIds ?? [await evidence(app, person)],
    endsAt: null,
    ...facts,
  };
  return app.post<Claim>(`/api/estates/${estateId}/claims`, person.token, body, key);
}
