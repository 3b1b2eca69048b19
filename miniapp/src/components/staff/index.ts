/** The workbench's pieces; resident pages never import from here, so that their download does not carry them. */
export * from './data-table';
export * from './desk-api';
export * from './desks';
export * from './filter-bar';
export * from './side-nav';
export * from './split-view';
export * from './workbench-shell';
