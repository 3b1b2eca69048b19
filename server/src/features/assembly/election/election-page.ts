/** Where a message about an election leads, as in the mini-app's route table. */
export function electionPage(electionId: string): string {
  return `/packages/assembly/pages/election/index?electionId=${electionId}`;
}

export function petitionPage(petitionId: string): string {
  return `/packages/assembly/pages/petition/index?petitionId=${petitionId}`;
}

export const TERM_PAGE = '/packages/assembly/pages/committee/index';
