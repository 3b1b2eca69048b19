/** Where a message about a meeting leads, as in the mini-app's route table. */
export function assemblyPage(assemblyId: string): string {
  return `/packages/assembly/pages/detail/index?assemblyId=${assemblyId}`;
}
