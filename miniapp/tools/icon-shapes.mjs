// The shapes of every icon, drawn on 24 × 24 with a stroke of 1.8: the one source for the CSS masks and the tab PNGs.
export const ICON_SHAPES = {
  home: '<path d="M3.5 11 12 4l8.5 7"/><path d="M5.5 9.6V20h13V9.6"/><path d="M9.8 20v-5.6h4.4V20"/>',
  board:
    '<rect x="5" y="4.5" width="14" height="16" rx="2"/><path d="M9 4.5V3h6v1.5"/><path d="M8.5 10h7M8.5 13.5h7M8.5 17h4"/>',
  assembly:
    '<path d="M4 12.5h16V20H4z"/><path d="M9.5 15.8h5"/><path d="M7.2 12.5 8 5h8.2l.8 7.5"/><path d="m10 8.7 1.6 1.6 2.8-3"/>',
  person: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4 3.6-6.2 7.5-6.2s6.9 2.2 7.5 6.2"/>',
  complaint: '<path d="M4 5h16v11.5h-8L7.5 20v-3.5H4z"/><path d="M12 8v3.6"/><path d="M12 13.8v.1"/>',
  wallet: '<rect x="3.5" y="6" width="17" height="13" rx="2"/><path d="M3.5 10h17"/><path d="M15 14.5h2.5"/>',
  ballot: '<rect x="4.5" y="4.5" width="15" height="15" rx="2"/><path d="m8.3 12.2 2.6 2.6 5-5.4"/>',
  phone:
    '<path d="M6.2 3.8h3l1.5 4.2-2 1.5c.9 2.2 2.6 3.9 4.8 4.8l1.5-2 4.2 1.5v3c0 1.2-1 2.2-2.2 2.1C10.3 18.4 4.6 12.7 4.1 6c-.1-1.2.9-2.2 2.1-2.2z"/>',
  back: '<path d="m14.5 5-7 7 7 7"/>',
  forward: '<path d="m9.5 5 7 7-7 7"/>',
  down: '<path d="m5 9.5 7 7 7-7"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  done: '<circle cx="12" cy="12" r="8.5"/><path d="m8.2 12.3 2.6 2.6 5-5.4"/>',
  alert: '<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5"/><path d="M12 16.9v.1"/>',
  info: '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5"/><path d="M12 7.8v.1"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.4 2"/>',
  clip: '<path d="m19.5 11.5-7.8 7.8a4.6 4.6 0 0 1-6.5-6.5l8.1-8.1a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.5 1.5 0 0 1-2.2-2.2l7.3-7.3"/>',
  camera: '<path d="M3.5 7.5h4L9 5h6l1.5 2.5h4V19h-17z"/><circle cx="12" cy="13" r="3.5"/>',
  plus: '<path d="M12 4.5v15M4.5 12h15"/>',
  search: '<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.6 15.6 5 5"/>',
  filter: '<path d="M4 6h16M7 12h10M10 18h4"/>',
  refresh: '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9"/><path d="M19.5 4.5V9H15"/>',
  lock: '<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
  building:
    '<path d="M5 20.5v-17h9v17"/><path d="M14 9.5h5v11"/><path d="M3.5 20.5h17"/><path d="M8 7.5h3M8 11.5h3M8 15.5h3"/>',
  people:
    '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.5-3.5 3-5.3 6.5-5.3s6 1.8 6.5 5.3"/><path d="M15.5 5.2a3.5 3.5 0 0 1 0 6.6"/><path d="M18 14.8c2 .8 3.2 2.4 3.5 4.7"/>',
  shield:
    '<path d="M12 3.5 4.5 6v6c0 4.3 3 7.3 7.5 8.7 4.5-1.4 7.5-4.4 7.5-8.7V6z"/><path d="m8.8 12 2.3 2.3 4.2-4.5"/>',
  document: '<path d="M6 3.5h8l4.5 4.5v12.5H6z"/><path d="M14 3.5V8h4.5"/><path d="M9 13h6M9 16.5h6"/>',
  download: '<path d="M12 4v11M7 10.5l5 5 5-5"/><path d="M4.5 20h15"/>',
  print:
    '<path d="M7 9V3.5h10V9"/><rect x="3.5" y="9" width="17" height="8" rx="1.5"/><path d="M7 14h10v6.5H7z"/>',
  share:
    '<circle cx="6" cy="12" r="2.5"/><circle cx="17.5" cy="5.8" r="2.5"/><circle cx="17.5" cy="18.2" r="2.5"/><path d="m8.2 10.8 7-3.8M8.2 13.2l7 3.8"/>',
  bell: '<path d="M5.5 17V11a6.5 6.5 0 0 1 13 0v6l1.5 1.5H4z"/><path d="M10 21h4"/>',
  leave: '<path d="M13.5 4H5v16h8.5"/><path d="M10 12h10.5M16.5 8l4 4-4 4"/>',
  device: '<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 18h2"/>',
  copy: '<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2"/><path d="M15.5 8.5V4H4v11.5h4.5"/>',
  offline:
    '<path d="M4 4l16 16"/><path d="M8.6 13.4a5 5 0 0 1 6.8 0"/><path d="M5.4 10a9.6 9.6 0 0 1 4.2-2.3M13.6 7.6A9.6 9.6 0 0 1 18.6 10"/><path d="M12 17.4v.1"/>',
  edit: '<path d="m4.5 19.5 1-4L16 5l3 3L8.5 18.5z"/><path d="m13.5 7.5 3 3"/>',
  trash:
    '<path d="M4.5 6.5h15"/><path d="M9 6.5V4h6v2.5"/><path d="M6.5 6.5 7.5 20h9l1-13.5"/><path d="M10.5 10.5v5.5M13.5 10.5v5.5"/>',
  desk: '<rect x="3.5" y="4.5" width="17" height="11.5" rx="1.5"/><path d="M8.5 20h7M12 16v4"/>',
  letters: '<path d="M3 19 8 6l5 13M4.8 14.5h6.4"/><path d="m14.5 19 3-8 3 8M15.6 16.3h3.8"/>',
  empty: '<path d="M4 13.5 6.5 5h11l2.5 8.5"/><path d="M4 13.5V19h16v-5.5h-5c0 1.7-1.3 3-3 3s-3-1.3-3-3z"/>',
  list: '<path d="M9 6h11M9 12h11M9 18h11"/><path d="M4.5 6v.1M4.5 12v.1M4.5 18v.1"/>',
};

/** Tabs: the icon of each, in the order of the tab bar. */
export const TAB_ICONS = { home: 'home', disclosure: 'board', assembly: 'assembly', mine: 'person' };
