/** A page of a list in keyset order; `next` goes into `?after=` for the following one, null at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}
