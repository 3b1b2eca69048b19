/** Of a ballot `b`: not one of an agent whose owner revoked the mandate. Such a ballot counts for nobody any more. */
export const NOT_TAKEN_BACK = `NOT EXISTS (SELECT 1 FROM ballot_mandates u JOIN assembly_mandates m ON m.id = u.mandate_id
  WHERE u.ballot_id = b.id AND m.end_reason = 'REVOKED')`;
