/** Limits both sides know, so that the phone says it before the server does. */
export const CONTACT_LIMITS = {
  entriesMax: 60,
  nameMax: 40,
  dutiesMax: 300,
  contactMax: 30,
  handlesMax: 200,
  placesMax: 20,
  placeMax: 60,
  hoursMax: 40,
  reasonMin: 2,
  reasonMax: 300,
} as const;
