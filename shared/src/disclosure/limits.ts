/** Limits both sides know, so that the phone says it before the server does. */
export const DISCLOSURE_LIMITS = {
  noticeTitleMin: 2,
  noticeTitleMax: 60,
  noticeBodyMin: 2,
  noticeBodyMax: 8000,
  attachmentsMax: 9,
  reasonMin: 2,
  reasonMax: 300,
  questionMin: 2,
  questionMax: 300,
  answerMax: 1000,
  pageMax: 50,
  pageDefault: 20,
} as const;
