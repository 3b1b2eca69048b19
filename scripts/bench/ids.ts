/** Row ids of the seeded estate: as long and of the same letters as the server's own. */
export const rowId = (kind: string, number: number) =>
  `01${kind}${String(number).padStart(24 - kind.length, '0')}`;

export const ESTATE = rowId('E', 1);
export const ASSEMBLY = rowId('A', 1);
export const MOTIONS = [rowId('M', 1), rowId('M', 2), rowId('M', 3)] as const;
export const STATEMENT = rowId('S', 4);
export const principalOf = (owner: number) => rowId('H', owner);
