/** Limits both sides know, so that the phone says it before the server does. */
export const TICKET_LIMITS = {
  titleMin: 2,
  titleMax: 40,
  textMin: 5,
  textMax: 1000,
  placeMax: 60,
  photosMax: 9,
  replyMax: 1000,
  reasonMin: 2,
  reasonMax: 300,
  commentMax: 300,
  noteMax: 200,
  channelMax: 100,
  /** How far ahead a suspension or an extension may be asked for, in days. */
  aheadDaysMax: 90,
  pageMax: 50,
  pageDefault: 20,
  /** Open complaints of the estate that similarity is computed over, newest first. */
  similarOver: 300,
} as const;
