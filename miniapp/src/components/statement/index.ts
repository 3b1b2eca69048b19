/** A statement of public income as owners read it; the workbench previews with the very same piece. */
export * from './line-sheet';
export * from './statement-content';
