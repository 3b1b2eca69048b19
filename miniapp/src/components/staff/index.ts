/** The workbench's pieces; resident pages never import from here, so that their download does not carry them. */
export * from './attachment-picker';
export * from './bank-import';
export * from './data-table';
export * from './desk-api';
export * from './desks';
export * from './filter-bar';
export * from './sheet-faults';
export * from './sheet-table';
export * from './side-nav';
export * from './split-view';
export * from './steps';
export * from './table-with-sheet';
export * from './workbench-shell';
