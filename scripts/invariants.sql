-- What has to hold of the money, as questions to the database. Each answers with rows only where something is broken:
-- what it is, and of which row. They read, run unchanged on SQLite, MariaDB and MySQL, and may be run on production:
--     npm run -s invariants
-- A block begins with a line "-- I<number> <what has to hold>" and ends before the next. Times are compared with the
-- latest that the database knows, not with the clock of whoever asks.

-- I1 借贷相等：每个账套余额之和为零，一笔凭证完整，不跨账套、不跨小区
SELECT 'the balances of a book do not sum to 0' AS problem, s.book AS subject
FROM (
  SELECT t.estate_id, t.book, SUM(t.fen) AS total
  FROM (
    SELECT estate_id, book, amount_fen AS fen FROM ledger_entries
    WHERE debit_kind IN ('UNIT_RECEIVABLE', 'GATEWAY_CLEARING', 'BANK', 'FUNDER_RECEIVABLE', 'REDUCTION', 'GATEWAY_FEE',
      'FUND_COST', 'FUND_SPEND', 'SUSPENSE', 'REFUND_PAYABLE', 'UNIT_CREDIT', 'FEE_INCOME', 'LATE_FEE_INCOME',
      'FUND_INCOME', 'FUND_BALANCE')
    UNION ALL
    SELECT estate_id, book, -amount_fen FROM ledger_entries
    WHERE credit_kind IN ('UNIT_RECEIVABLE', 'GATEWAY_CLEARING', 'BANK', 'FUNDER_RECEIVABLE', 'REDUCTION', 'GATEWAY_FEE',
      'FUND_COST', 'FUND_SPEND', 'SUSPENSE', 'REFUND_PAYABLE', 'UNIT_CREDIT', 'FEE_INCOME', 'LATE_FEE_INCOME',
      'FUND_INCOME', 'FUND_BALANCE')
  ) t
  GROUP BY t.estate_id, t.book
) s
WHERE s.total <> 0
UNION ALL
SELECT 'an entry moves money from an account to itself', e.id FROM ledger_entries e
WHERE e.debit_kind = e.credit_kind AND e.debit_subject = e.credit_subject
UNION ALL
SELECT 'an account is divided that a book has one of', e.id FROM ledger_entries e
WHERE (e.debit_subject <> '' AND e.debit_kind IN ('GATEWAY_CLEARING', 'BANK', 'FUNDER_RECEIVABLE', 'REDUCTION',
    'GATEWAY_FEE', 'SUSPENSE', 'FEE_INCOME', 'LATE_FEE_INCOME', 'FUND_BALANCE'))
  OR (e.credit_subject <> '' AND e.credit_kind IN ('GATEWAY_CLEARING', 'BANK', 'FUNDER_RECEIVABLE', 'REDUCTION',
    'GATEWAY_FEE', 'SUSPENSE', 'FEE_INCOME', 'LATE_FEE_INCOME', 'FUND_BALANCE'))
UNION ALL
SELECT 'entries of a group are missing', e.group_key FROM ledger_entries e
GROUP BY e.group_key HAVING COUNT(*) <> MAX(e.line_no) + 1 OR MIN(e.line_no) <> 0
UNION ALL
SELECT 'a group is in two books or two estates', e.group_key FROM ledger_entries e
GROUP BY e.group_key
HAVING COUNT(DISTINCT e.book) <> 1 OR COUNT(DISTINCT e.event) <> 1
  OR COUNT(DISTINCT COALESCE(e.estate_id, '')) <> 1
UNION ALL
SELECT 'a home of another estate is debited', e.id FROM ledger_entries e
LEFT JOIN units u ON u.id = e.debit_subject
WHERE e.debit_kind IN ('UNIT_RECEIVABLE', 'UNIT_CREDIT', 'REFUND_PAYABLE') AND e.debit_subject <> ''
  AND (u.id IS NULL OR e.estate_id IS NULL OR u.estate_id <> e.estate_id)
UNION ALL
SELECT 'a home of another estate is credited', e.id FROM ledger_entries e
LEFT JOIN units u ON u.id = e.credit_subject
WHERE e.credit_kind IN ('UNIT_RECEIVABLE', 'UNIT_CREDIT', 'REFUND_PAYABLE') AND e.credit_subject <> ''
  AND (u.id IS NULL OR e.estate_id IS NULL OR u.estate_id <> e.estate_id)
UNION ALL
SELECT 'an entry is for a bill of another book or estate', e.id FROM ledger_entries e
JOIN bills b ON b.id = e.bill_id
WHERE b.ledger <> e.book OR e.estate_id IS NULL OR b.estate_id <> e.estate_id;

-- I2 一张账单只结清一次，收的钱不超过账单
SELECT 'more was paid for the bill than it is over' AS problem, b.id AS subject
FROM bills b
JOIN (
  SELECT e.bill_id, SUM(CASE WHEN e.credit_kind = 'UNIT_RECEIVABLE' THEN e.amount_fen ELSE 0 END)
    - SUM(CASE WHEN e.debit_kind = 'UNIT_RECEIVABLE' AND e.event <> 'BILL_ISSUED' THEN e.amount_fen ELSE 0 END) AS fen
  FROM ledger_entries e WHERE e.bill_id IS NOT NULL GROUP BY e.bill_id
) p ON p.bill_id = b.id
WHERE p.fen > b.total_fen
UNION ALL
SELECT 'two orders settled the bill', e.bill_id FROM ledger_entries e
WHERE e.event = 'PAYMENT_SETTLED' AND e.credit_kind = 'UNIT_RECEIVABLE'
  AND NOT EXISTS (
    SELECT 1 FROM ledger_entries r WHERE r.bill_id = e.bill_id AND r.event IN ('REFUND_REQUESTED', 'CORRECTION')
  )
GROUP BY e.bill_id HAVING COUNT(DISTINCT e.order_id) > 1;

-- I3 金额和收款方来自数据库：订单等于它的账单之和，收款方属于同一小区同一账套
SELECT 'the order is not the sum of its bills' AS problem, o.order_no AS subject
FROM pay_orders o
WHERE o.amount_fen <> (
  SELECT COALESCE(SUM(p.principal_fen + p.late_fee_fen), 0) FROM pay_order_bills p WHERE p.order_id = o.id
)
UNION ALL
SELECT 'the payee is of another estate or book', o.order_no FROM pay_orders o
JOIN payees p ON p.id = o.payee_id
WHERE p.estate_id <> o.estate_id OR p.ledger <> o.ledger
UNION ALL
SELECT 'the order pays the bill of another home or book', o.order_no FROM pay_orders o
JOIN pay_order_bills p ON p.order_id = o.id
JOIN bills b ON b.id = p.bill_id
WHERE b.estate_id <> o.estate_id OR b.unit_id <> o.unit_id OR b.ledger <> o.ledger
UNION ALL
SELECT 'two books share a merchant number', a.mch_id FROM payees a
JOIN payees b ON b.mch_id = a.mch_id
WHERE a.ledger < b.ledger;

-- I4 同一笔微信付款不论通知几次，只入账一次、一分不差
SELECT 'the payment is not booked exactly once' AS problem, o.order_no AS subject
FROM pay_orders o
WHERE o.transaction_id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM pay_quarantine q WHERE q.order_id = o.id AND q.transaction_id = o.transaction_id
  )
  AND o.amount_fen <> (
    SELECT COALESCE(SUM(e.amount_fen), 0) FROM ledger_entries e
    WHERE e.order_id = o.id AND e.debit_kind = 'GATEWAY_CLEARING'
      AND (
        e.event = 'PAYMENT_SETTLED'
        OR (e.event = 'PAYMENT_CREDITED' AND e.document_id IN (
          SELECT c.id FROM pay_credits c WHERE c.order_id = o.id AND c.transaction_id = o.transaction_id
        ))
      )
  );

-- I5 对不上的钱进待查款，账单不动
SELECT 'money that was set aside is not in suspense' AS problem, q.id AS subject
FROM pay_quarantine q
LEFT JOIN ledger_entries e
  ON e.document_kind = 'QUARANTINE' AND e.document_id = q.id AND e.event = 'PAYMENT_QUARANTINED'
LEFT JOIN pay_orders o ON o.id = q.order_id
WHERE q.received_fen > 0
  AND (e.id IS NULL OR e.amount_fen <> q.received_fen OR e.debit_kind <> 'GATEWAY_CLEARING' OR e.credit_kind <> 'SUSPENSE'
    OR e.book <> COALESCE(o.ledger, e.book) OR COALESCE(e.estate_id, '') <> COALESCE(q.estate_id, ''))
UNION ALL
SELECT 'a bill was settled by an order that is set aside', s.bill_id FROM bill_settlements s
JOIN pay_orders o ON o.id = s.order_id
WHERE o.state = 'QUARANTINED';

-- I6 通知丢了也会查到：没有一直不处理的通知，没有一直不了结的订单
SELECT 'a callback was never booked' AS problem, n.id AS subject
FROM pay_notices n
WHERE n.handled_at IS NULL AND n.received_at < (SELECT MAX(m.received_at) FROM pay_notices m) - 3600000
UNION ALL
SELECT 'the order is neither paid nor closed a day after its time', o.order_no FROM pay_orders o
WHERE o.state IN ('CREATED', 'PREPAID')
  AND o.expires_at < (SELECT MAX(m.created_at) FROM pay_orders m) - 86400000;

-- I7 关单后到账、重复付款的钱都有着落
SELECT 'the payment was told and left no trace' AS problem, o.order_no AS subject
FROM pay_notices n
JOIN pay_orders o ON o.order_no = n.order_no
WHERE n.event_type = 'TRANSACTION.SUCCESS' AND n.handled_at IS NOT NULL AND o.transaction_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM pay_quarantine q WHERE q.order_no = o.order_no)
UNION ALL
SELECT 'money came after closing and is credited to nobody', o.order_no FROM pay_orders o
WHERE o.state = 'QUARANTINED' AND o.transaction_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM pay_credits c WHERE c.order_id = o.id AND c.transaction_id = o.transaction_id)
  AND NOT EXISTS (SELECT 1 FROM pay_quarantine q WHERE q.order_id = o.id AND q.transaction_id = o.transaction_id);

-- I8 退的不超过收的，一笔付款最多退 50 次，一年以内
SELECT 'more is given back than was paid' AS problem, o.order_no AS subject
FROM pay_orders o
JOIN (
  SELECT e.order_id,
    SUM(CASE WHEN e.debit_kind = 'GATEWAY_CLEARING' THEN e.amount_fen ELSE 0 END) AS came_fen,
    SUM(CASE WHEN e.credit_kind = 'GATEWAY_CLEARING' THEN e.amount_fen ELSE 0 END) AS left_fen,
    SUM(CASE WHEN e.credit_kind = 'REFUND_PAYABLE' THEN e.amount_fen ELSE 0 END)
      - SUM(CASE WHEN e.event = 'REFUND_FAILED' AND e.debit_kind = 'REFUND_PAYABLE' THEN e.amount_fen ELSE 0 END)
      AS promised_fen,
    COUNT(DISTINCT CASE WHEN e.event = 'REFUND_SUCCEEDED' THEN e.document_id END) AS refunds
  FROM ledger_entries e WHERE e.order_id IS NOT NULL GROUP BY e.order_id
) m ON m.order_id = o.id
WHERE m.left_fen > m.came_fen OR m.promised_fen > m.came_fen OR m.refunds > 50
UNION ALL
SELECT 'money is given back more than a year after it was paid', e.group_key FROM ledger_entries e
JOIN pay_orders o ON o.id = e.order_id
WHERE e.event = 'REFUND_REQUESTED' AND o.paid_at IS NOT NULL AND e.occurred_at > o.paid_at + 31622400000
UNION ALL
SELECT 'the refunds of the order hold more or less of it than they are', o.order_no FROM pay_orders o
WHERE o.refunding_fen > o.amount_fen OR o.refunding_fen <> (
  SELECT COALESCE(SUM(r.amount_fen), 0) FROM refunds r
  WHERE r.order_id = o.id AND r.transaction_id = o.transaction_id AND r.state NOT IN ('CLOSED', 'REJECTED', 'WITHDRAWN')
)
UNION ALL
SELECT 'money is back with the payer and not in the books', r.refund_no FROM refunds r
WHERE r.amount_fen * CASE WHEN r.state = 'SUCCEEDED' THEN 1 ELSE 0 END <> (
  SELECT COALESCE(SUM(e.amount_fen), 0) FROM ledger_entries e
  WHERE e.document_kind = 'REFUND' AND e.document_id = r.id AND e.event = 'REFUND_SUCCEEDED'
    AND e.debit_kind = 'REFUND_PAYABLE' AND e.credit_kind = 'GATEWAY_CLEARING'
)
UNION ALL
SELECT 'one person asked for the refund and approved it', r.refund_no FROM refunds r
WHERE r.decided_by = r.asked_by
UNION ALL
SELECT 'more is asked back of a transaction than it brought', r.transaction_id FROM refunds r
WHERE r.state NOT IN ('CLOSED', 'REJECTED', 'WITHDRAWN')
GROUP BY r.transaction_id HAVING SUM(r.amount_fen) > MAX(r.total_fen) OR COUNT(*) > 50;

-- I9 状态只往前走：订单、账单的状态和账上的钱一致
SELECT 'the order is settled in the books and not paid' AS problem, o.order_no AS subject
FROM pay_orders o
WHERE o.state NOT IN ('PAID', 'PARTIAL_REFUND', 'REFUNDED')
  AND EXISTS (SELECT 1 FROM ledger_entries e WHERE e.order_id = o.id AND e.event = 'PAYMENT_SETTLED')
UNION ALL
SELECT 'the order is paid by no transaction', o.order_no FROM pay_orders o
WHERE o.state IN ('PAID', 'PARTIAL_REFUND') AND (o.transaction_id IS NULL OR o.paid_at IS NULL)
UNION ALL
SELECT 'the order is over and has no end', o.order_no FROM pay_orders o
WHERE o.state NOT IN ('CREATED', 'PREPAID') AND o.ended_at IS NULL
UNION ALL
SELECT 'the bill is open though something was paid, or paid in full though not all was', b.id FROM bills b
WHERE (b.state = 'ISSUED' AND b.paid_fen <> 0) OR (b.state = 'CANCELLED' AND (b.paid_fen <> 0 OR b.bill_key IS NOT NULL))
  OR (b.state = 'PART_PAID' AND (b.paid_fen = 0 OR b.paid_fen = b.total_fen))
UNION ALL
SELECT 'the bill waits for an order that is over', b.id FROM bills b
LEFT JOIN pay_orders o ON o.order_no = b.pending_order_no
WHERE b.pending_order_no IS NOT NULL AND (o.id IS NULL OR o.state NOT IN ('CREATED', 'PREPAID'));

-- I10 金额都是整数分，明细加起来等于合计
SELECT 'an amount is no whole number of fen above 0' AS problem, e.id AS subject
FROM ledger_entries e
WHERE e.amount_fen < 1 OR e.amount_fen > 9007199254740991 OR e.amount_fen <> ROUND(e.amount_fen)
UNION ALL
SELECT 'the lines of a bill do not add up to it', b.id FROM bills b
JOIN (SELECT l.bill_id, SUM(l.amount_fen) AS fen FROM bill_lines l GROUP BY l.bill_id) s ON s.bill_id = b.id
WHERE s.fen <> b.total_fen
UNION ALL
SELECT 'a receipt is over another amount than it was given for', r.id FROM receipts r
WHERE r.amount_fen <> (
  SELECT COALESCE(SUM(s.principal_fen + s.late_fee_fen), 0) FROM bill_settlements s WHERE s.order_id = r.order_id
) + (
  SELECT COALESCE(SUM(s.principal_fen + s.late_fee_fen), 0) FROM refunded_settlements s WHERE s.order_id = r.order_id
);

-- I11 同一个操作只做一次
SELECT 'one action of one person is kept twice' AS problem, k.action_key AS subject
FROM idempotency_keys k
GROUP BY k.person_id, k.action_key HAVING COUNT(*) > 1;

-- I12 账没有被改过、删过：每张单据和它的凭证一致
SELECT 'the bill and its entry differ' AS problem, b.id AS subject
FROM bills b
LEFT JOIN ledger_entries e ON e.document_kind = 'BILL' AND e.document_id = b.id AND e.event = 'BILL_ISSUED'
WHERE b.total_fen > 0
  AND (e.id IS NULL OR e.amount_fen <> b.total_fen OR e.book <> b.ledger OR e.debit_kind <> 'UNIT_RECEIVABLE'
    OR e.debit_subject <> b.unit_id OR e.credit_kind <> 'FEE_INCOME')
UNION ALL
SELECT 'the bill is cancelled here and not there', b.id FROM bills b
LEFT JOIN ledger_entries e ON e.document_kind = 'BILL' AND e.document_id = b.id AND e.event = 'BILL_CANCELLED'
WHERE b.total_fen > 0
  AND ((b.state = 'CANCELLED' AND (e.id IS NULL OR e.amount_fen <> b.total_fen OR e.debit_kind <> 'FEE_INCOME'
      OR e.credit_subject <> b.unit_id))
    OR (b.state <> 'CANCELLED' AND e.id IS NOT NULL))
UNION ALL
SELECT 'the settlement and its entries differ', s.bill_id
FROM (
  SELECT bill_id, order_id, principal_fen, late_fee_fen FROM bill_settlements
  UNION ALL
  SELECT bill_id, order_id, principal_fen, late_fee_fen FROM refunded_settlements
) s
WHERE s.principal_fen <> (
    SELECT COALESCE(SUM(e.amount_fen), 0) FROM ledger_entries e
    WHERE e.bill_id = s.bill_id AND e.order_id = s.order_id AND e.event = 'PAYMENT_SETTLED'
      AND e.credit_kind = 'UNIT_RECEIVABLE'
  )
  OR s.late_fee_fen <> (
    SELECT COALESCE(SUM(e.amount_fen), 0) FROM ledger_entries e
    WHERE e.bill_id = s.bill_id AND e.order_id = s.order_id AND e.event = 'PAYMENT_SETTLED'
      AND e.credit_kind = 'LATE_FEE_INCOME'
  )
UNION ALL
SELECT 'the credit and its entry differ', c.id FROM pay_credits c
LEFT JOIN ledger_entries e
  ON e.document_kind = 'PAY_CREDIT' AND e.document_id = c.id AND e.event = 'PAYMENT_CREDITED'
WHERE c.from_quarantine_id IS NULL
  AND (e.id IS NULL OR e.amount_fen <> c.amount_fen OR e.book <> c.ledger OR e.debit_kind <> 'GATEWAY_CLEARING'
    OR e.credit_kind <> 'UNIT_CREDIT' OR e.credit_subject <> c.unit_id)
UNION ALL
SELECT 'money whose owner was found and its entry differ', c.id FROM pay_credits c
LEFT JOIN ledger_entries e
  ON e.document_kind = 'QUARANTINE' AND e.document_id = c.from_quarantine_id AND e.event = 'SUSPENSE_CLEARED'
WHERE c.from_quarantine_id IS NOT NULL
  AND (e.id IS NULL OR e.amount_fen <> c.amount_fen OR e.book <> c.ledger OR e.debit_kind <> 'SUSPENSE'
    OR e.credit_kind <> 'UNIT_CREDIT' OR e.credit_subject <> c.unit_id)
UNION ALL
SELECT 'the use of a credit and its entry differ', u.id FROM credit_uses u
WHERE u.amount_fen <> (
  SELECT COALESCE(SUM(e.amount_fen), 0) FROM ledger_entries e
  WHERE e.document_kind = 'PAY_CREDIT' AND e.document_id = u.credit_id AND e.event = 'CREDIT_USED'
    AND e.bill_id = u.bill_id AND e.group_key LIKE 'CREDIT_USED:%' AND SUBSTR(e.group_key, 13) = u.id
)
UNION ALL
SELECT 'what is owed back for a refund is not what was approved', r.refund_no FROM refunds r
WHERE (
  CASE WHEN r.state = 'SUCCEEDED' THEN r.amount_fen
    WHEN r.state IN ('APPROVED', 'SENT', 'ABNORMAL') AND r.effect <> 'BILL_OPEN' THEN r.amount_fen
    ELSE 0 END
) <> (
  SELECT COALESCE(SUM(CASE WHEN e.event = 'REFUND_REQUESTED' AND e.credit_kind = 'REFUND_PAYABLE' THEN e.amount_fen
    WHEN e.event = 'REFUND_FAILED' AND e.debit_kind = 'REFUND_PAYABLE' THEN -e.amount_fen ELSE 0 END), 0)
  FROM ledger_entries e WHERE e.document_kind = 'REFUND' AND e.document_id = r.id
)
UNION ALL
SELECT 'a refund is taken from another account than was approved', e.id FROM ledger_entries e
JOIN refunds r ON r.id = e.document_id
WHERE e.document_kind = 'REFUND' AND e.event IN ('REFUND_REQUESTED', 'REFUND_FAILED')
  AND NOT (
    (CASE WHEN e.event = 'REFUND_REQUESTED' THEN e.debit_kind ELSE e.credit_kind END)
      = CASE WHEN r.subject = 'CREDIT' THEN 'UNIT_CREDIT' WHEN r.subject = 'QUARANTINE' THEN 'SUSPENSE'
        WHEN r.effect = 'BILL_STAYS' THEN 'FEE_INCOME' ELSE 'UNIT_RECEIVABLE' END
    OR (r.effect = 'BILL_OPEN' AND e.debit_kind = 'LATE_FEE_INCOME')
  )
UNION ALL
SELECT 'the reduction and its entry differ', r.bill_id FROM bill_reductions r
WHERE r.amount_fen <> (
  SELECT COALESCE(SUM(e.amount_fen), 0) FROM ledger_entries e
  WHERE e.document_kind = 'REDUCTION' AND e.document_id = r.reduction_id AND e.bill_id = r.bill_id
    AND e.event = 'REDUCTION_APPLIED' AND e.credit_kind = 'UNIT_RECEIVABLE'
)
UNION ALL
SELECT 'a reduction in the books is on no bill', e.id FROM ledger_entries e
WHERE e.event = 'REDUCTION_APPLIED'
  AND NOT EXISTS (SELECT 1 FROM bill_reductions r WHERE r.reduction_id = e.document_id AND r.bill_id = e.bill_id)
UNION ALL
SELECT 'what was reduced of the bill is not what its credit lines say', b.id FROM bills b
WHERE b.reduced_fen > b.paid_fen OR b.reduced_fen <> (
  SELECT COALESCE(SUM(r.amount_fen), 0) FROM bill_reductions r WHERE r.bill_id = b.id
)
UNION ALL
SELECT 'a line of the public income and its entries differ', l.id FROM income_book_lines l
WHERE l.income_net_fen - l.spend_fen <> (
  SELECT COALESCE(SUM(CASE WHEN e.credit_kind = 'FUND_INCOME' THEN e.amount_fen
    WHEN e.debit_kind IN ('FUND_COST', 'FUND_SPEND') THEN -e.amount_fen ELSE 0 END), 0)
  FROM ledger_entries e
  WHERE e.document_kind = 'STATEMENT_LINE' AND e.document_id = l.id AND e.event = 'STATEMENT_LINE'
    AND e.estate_id = l.estate_id AND e.book = 'PUBLIC_INCOME'
)
UNION ALL
SELECT 'a line of the public income is taken back here and not there', l.id FROM income_book_lines l
LEFT JOIN income_book_corrections c ON c.line_id = l.id
WHERE CASE WHEN c.id IS NULL THEN 0 ELSE l.income_net_fen - l.spend_fen END <> (
  SELECT COALESCE(SUM(CASE WHEN e.debit_kind = 'FUND_INCOME' THEN e.amount_fen
    WHEN e.credit_kind IN ('FUND_COST', 'FUND_SPEND') THEN -e.amount_fen ELSE 0 END), 0)
  FROM ledger_entries e
  WHERE e.document_kind = 'STATEMENT_LINE' AND e.document_id = l.id AND e.event = 'CORRECTION'
    AND e.estate_id = l.estate_id AND e.book = 'PUBLIC_INCOME'
)
UNION ALL
SELECT 'public income is booked under another category, or past the bank', e.id FROM ledger_entries e
JOIN income_book_lines l ON l.id = e.document_id
WHERE e.document_kind = 'STATEMENT_LINE'
  AND NOT (
    (e.debit_kind = 'BANK' AND e.credit_kind IN ('FUND_INCOME', 'FUND_COST', 'FUND_SPEND')
      AND e.credit_subject = l.category)
    OR (e.credit_kind = 'BANK' AND e.debit_kind IN ('FUND_INCOME', 'FUND_COST', 'FUND_SPEND')
      AND e.debit_subject = l.category)
  )
UNION ALL
SELECT 'the books open past the bank', e.id FROM ledger_entries e
WHERE e.document_kind = 'STATEMENT'
  AND NOT ((e.debit_kind = 'BANK' AND e.credit_kind = 'FUND_BALANCE')
    OR (e.credit_kind = 'BANK' AND e.debit_kind = 'FUND_BALANCE'))
UNION ALL
SELECT 'the books do not open with what the first statement says', s.id FROM income_statements s
WHERE s.current_key IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM income_statements o
    WHERE o.estate_id = s.estate_id AND o.current_key IS NOT NULL AND o.current_key < s.current_key
  )
  AND s.opening_fen <> (
    SELECT COALESCE(SUM(CASE WHEN e.credit_kind = 'FUND_BALANCE' THEN e.amount_fen ELSE -e.amount_fen END), 0)
    FROM ledger_entries e
    WHERE e.estate_id = s.estate_id AND e.book = 'PUBLIC_INCOME'
      AND (e.credit_kind = 'FUND_BALANCE' OR e.debit_kind = 'FUND_BALANCE')
  )
UNION ALL
-- An entry of the last minute before may have been on its way: then the keepers are told that a correction is due.
SELECT 'what a statement says came by WeChat is not what the books say', w.statement_id
FROM (
  SELECT c.statement_id, c.amount_fen,
    (
      SELECT COALESCE(SUM(CASE WHEN e.credit_kind = 'GATEWAY_FEE' THEN -e.amount_fen ELSE e.amount_fen END), 0)
      FROM ledger_entries e
      WHERE e.estate_id = c.estate_id AND e.book = 'PUBLIC_INCOME'
        AND e.occurred_at >= c.from_at AND e.occurred_at < c.before_at AND e.posted_at <= c.summed_at
        AND ((c.kind = 'PAYMENTS' AND e.event IN ('PAYMENT_SETTLED', 'SUSPENSE_CLEARED', 'CREDIT_USED')
            AND e.bill_id IS NOT NULL)
          OR (c.kind = 'REFUNDS' AND e.event = 'REFUND_SUCCEEDED' AND e.bill_id IS NOT NULL)
          OR (c.kind = 'FEES' AND (e.debit_kind = 'GATEWAY_FEE' OR e.credit_kind = 'GATEWAY_FEE')))
        AND (c.item_code = '' OR c.item_code = (SELECT MIN(l.item_code) FROM bill_lines l WHERE l.bill_id = e.bill_id))
    ) AS all_fen,
    (
      SELECT COALESCE(SUM(CASE WHEN e.credit_kind = 'GATEWAY_FEE' THEN -e.amount_fen ELSE e.amount_fen END), 0)
      FROM ledger_entries e
      WHERE e.estate_id = c.estate_id AND e.book = 'PUBLIC_INCOME'
        AND e.occurred_at >= c.from_at AND e.occurred_at < c.before_at AND e.posted_at <= c.summed_at - 60000
        AND ((c.kind = 'PAYMENTS' AND e.event IN ('PAYMENT_SETTLED', 'SUSPENSE_CLEARED', 'CREDIT_USED')
            AND e.bill_id IS NOT NULL)
          OR (c.kind = 'REFUNDS' AND e.event = 'REFUND_SUCCEEDED' AND e.bill_id IS NOT NULL)
          OR (c.kind = 'FEES' AND (e.debit_kind = 'GATEWAY_FEE' OR e.credit_kind = 'GATEWAY_FEE')))
        AND (c.item_code = '' OR c.item_code = (SELECT MIN(l.item_code) FROM bill_lines l WHERE l.bill_id = e.bill_id))
    ) AS before_fen
  FROM income_collected_sums c
) w
WHERE (w.amount_fen - w.all_fen) * (w.amount_fen - w.before_fen) > 0;

-- I13 账单上的数等于账上的数：未缴、违约金逐张核对
SELECT 'what is open of the bill is not what the books say' AS problem, b.id AS subject
FROM bills b
LEFT JOIN (
  SELECT e.bill_id, SUM(CASE WHEN e.debit_kind = 'UNIT_RECEIVABLE' THEN e.amount_fen ELSE 0 END)
    - SUM(CASE WHEN e.credit_kind = 'UNIT_RECEIVABLE' THEN e.amount_fen ELSE 0 END) AS open_fen
  FROM ledger_entries e WHERE e.bill_id IS NOT NULL GROUP BY e.bill_id
) s ON s.bill_id = b.id
WHERE COALESCE(s.open_fen, 0) <> CASE WHEN b.state = 'CANCELLED' THEN 0 ELSE b.total_fen - b.paid_fen END
UNION ALL
SELECT 'the late fee that was paid is not what the books say', b.id FROM bills b
LEFT JOIN (
  SELECT e.bill_id, SUM(CASE WHEN e.credit_kind = 'LATE_FEE_INCOME' THEN e.amount_fen ELSE 0 END)
    - SUM(CASE WHEN e.debit_kind = 'LATE_FEE_INCOME' THEN e.amount_fen ELSE 0 END) AS late_fen
  FROM ledger_entries e WHERE e.bill_id IS NOT NULL GROUP BY e.bill_id
) s ON s.bill_id = b.id
WHERE COALESCE(s.late_fen, 0) <> b.late_fee_paid_fen
UNION ALL
SELECT 'what is left of the credit is not what was not used or given back', c.id FROM pay_credits c
WHERE c.left_fen < 0 OR c.left_fen <> c.amount_fen
  - (SELECT COALESCE(SUM(u.amount_fen), 0) FROM credit_uses u WHERE u.credit_id = c.id)
  - (
    SELECT COALESCE(SUM(r.amount_fen), 0) FROM refunds r
    WHERE r.transaction_id = c.transaction_id AND r.subject = 'CREDIT' AND r.subject_id = c.id
      AND r.state NOT IN ('CLOSED', 'REJECTED', 'WITHDRAWN')
  )
UNION ALL
SELECT 'what is kept for the home is not what the books say', k.unit_id
FROM (
  SELECT t.unit_id, t.book, SUM(t.kept_fen) AS kept_fen, SUM(t.booked_fen) AS booked_fen
  FROM (
    SELECT c.unit_id, c.ledger AS book, c.left_fen AS kept_fen, 0 AS booked_fen FROM pay_credits c
    UNION ALL
    SELECT r.unit_id, r.ledger, r.amount_fen, 0 FROM refunds r WHERE r.subject = 'CREDIT' AND r.state = 'REQUESTED'
    UNION ALL
    SELECT e.credit_subject, e.book, 0, e.amount_fen FROM ledger_entries e WHERE e.credit_kind = 'UNIT_CREDIT'
    UNION ALL
    SELECT e.debit_subject, e.book, 0, -e.amount_fen FROM ledger_entries e WHERE e.debit_kind = 'UNIT_CREDIT'
  ) t
  GROUP BY t.unit_id, t.book
) k
WHERE k.kept_fen <> k.booked_fen;

-- I14 每次结清正好一张收据，收据号连续
SELECT 'a settlement has no receipt' AS problem, s.order_id AS subject
FROM bill_settlements s
LEFT JOIN receipts r ON r.order_id = s.order_id
WHERE r.id IS NULL
UNION ALL
SELECT 'a receipt is for nothing that was settled', r.id FROM receipts r
LEFT JOIN bill_settlements s ON s.order_id = r.order_id
LEFT JOIN refunded_settlements u ON u.order_id = r.order_id
WHERE s.bill_id IS NULL AND u.bill_id IS NULL
UNION ALL
SELECT 'receipt numbers have a gap', c.payee_id FROM receipt_counters c
LEFT JOIN (
  SELECT r.payee_id, r.for_year, COUNT(*) AS issued, MAX(r.receipt_number) AS latest
  FROM receipts r GROUP BY r.payee_id, r.for_year
) n ON n.payee_id = c.payee_id AND n.for_year = c.for_year
WHERE c.last_number <> COALESCE(n.issued, 0) OR c.last_number <> COALESCE(n.latest, 0);

-- I15 没有来历的钱进不了账：每笔入账都有它的单据
SELECT 'an entry has no bill behind it' AS problem, e.id AS subject
FROM ledger_entries e
LEFT JOIN bills b ON b.id = e.document_id
WHERE e.document_kind = 'BILL' AND b.id IS NULL
UNION ALL
SELECT 'a payment is booked that no transaction stands behind', e.id FROM ledger_entries e
LEFT JOIN pay_orders o ON o.id = e.document_id
WHERE e.document_kind = 'PAY_ORDER' AND (o.id IS NULL OR o.transaction_id IS NULL)
UNION ALL
SELECT 'a credit is booked that nobody has', e.id FROM ledger_entries e
LEFT JOIN pay_credits c ON c.id = e.document_id
WHERE e.document_kind = 'PAY_CREDIT' AND c.id IS NULL
UNION ALL
SELECT 'money is in suspense that was never set aside', e.id FROM ledger_entries e
LEFT JOIN pay_quarantine q ON q.id = e.document_id
WHERE e.document_kind = 'QUARANTINE' AND q.id IS NULL
UNION ALL
SELECT 'a refund is booked that nobody asked for', e.id FROM ledger_entries e
LEFT JOIN refunds r ON r.id = e.document_id
WHERE e.document_kind = 'REFUND' AND r.id IS NULL
UNION ALL
SELECT 'public income is booked that no line stands behind', e.id FROM ledger_entries e
LEFT JOIN income_book_lines l ON l.id = e.document_id
WHERE e.document_kind = 'STATEMENT_LINE' AND l.id IS NULL;

-- I16 和微信的账单对得上：待结算不为负，账单上的每一笔我们都有，或者列在差异里
SELECT 'more has left the gateway than came' AS problem, s.book AS subject
FROM (
  SELECT t.estate_id, t.book, SUM(t.fen) AS total
  FROM (
    SELECT estate_id, book, amount_fen AS fen FROM ledger_entries WHERE debit_kind = 'GATEWAY_CLEARING'
    UNION ALL
    SELECT estate_id, book, -amount_fen FROM ledger_entries WHERE credit_kind = 'GATEWAY_CLEARING'
  ) t
  GROUP BY t.estate_id, t.book
) s
WHERE s.total < 0
UNION ALL
SELECT 'WeChat has a payment that we have not, and nobody is told', t.entry_key
FROM trade_bill_rows t
WHERE t.kind = 'PAYMENT'
  AND NOT EXISTS (
    SELECT 1 FROM pay_orders o WHERE o.transaction_id = SUBSTR(t.entry_key, 3) AND o.amount_fen = t.amount_fen
  )
  AND NOT EXISTS (
    SELECT 1 FROM pay_credits c WHERE c.transaction_id = SUBSTR(t.entry_key, 3) AND c.amount_fen = t.amount_fen
  )
  AND NOT EXISTS (
    SELECT 1 FROM pay_quarantine q
    WHERE q.transaction_id = SUBSTR(t.entry_key, 3) AND q.received_fen = t.amount_fen
  )
  AND NOT EXISTS (SELECT 1 FROM recon_differences d WHERE d.mch_id = t.mch_id AND d.entry_key = t.entry_key)
UNION ALL
SELECT 'WeChat has a refund that we have not, and nobody is told', t.entry_key
FROM trade_bill_rows t
WHERE t.kind = 'REFUND'
  AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.refund_no = SUBSTR(t.entry_key, 3) AND r.amount_fen = t.amount_fen)
  AND NOT EXISTS (SELECT 1 FROM recon_differences d WHERE d.mch_id = t.mch_id AND d.entry_key = t.entry_key)
UNION ALL
SELECT 'the parts of a settlement are not what came', p.document_id
FROM (
  SELECT e.document_id, SUM(CASE WHEN e.debit_kind = 'BANK' THEN e.amount_fen
    WHEN e.credit_kind = 'BANK' THEN -e.amount_fen ELSE 0 END) AS fen,
    SUM(CASE WHEN e.group_key LIKE '%:DIFFERS' THEN 0 WHEN e.debit_kind = 'BANK' THEN e.amount_fen
      WHEN e.credit_kind = 'BANK' THEN -e.amount_fen ELSE 0 END) AS by_the_bill_fen
  FROM ledger_entries e
  WHERE e.document_kind = 'PAYOUT'
  GROUP BY e.document_id
) p
JOIN recon_runs r ON r.mch_id = SUBSTR(p.document_id, 1, LENGTH(p.document_id) - 11)
  AND r.on_date = SUBSTR(p.document_id, LENGTH(p.document_id) - 9)
LEFT JOIN bank_lines b ON b.mch_id = r.mch_id AND b.serial = r.arrived_serial
WHERE p.by_the_bill_fen <> r.settlement_fen OR b.serial IS NULL OR p.fen <> b.amount_fen
UNION ALL
SELECT 'a settlement came and is in no book', r.arrived_serial FROM recon_runs r
WHERE r.arrived_serial IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM ledger_entries e
    WHERE e.document_kind = 'PAYOUT' AND SUBSTR(e.document_id, 1, LENGTH(e.document_id) - 11) = r.mch_id
      AND SUBSTR(e.document_id, LENGTH(e.document_id) - 9) = r.on_date
  )
UNION ALL
SELECT 'the bank shows another settlement than WeChat, and nobody is told', r.arrived_serial FROM recon_runs r
JOIN bank_lines b ON b.mch_id = r.mch_id AND b.serial = r.arrived_serial
WHERE b.amount_fen <> r.settlement_fen
  AND NOT EXISTS (
    SELECT 1 FROM recon_differences d
    WHERE d.mch_id = r.mch_id AND d.on_date = r.on_date AND d.kind = 'SETTLEMENT' AND d.class = 'AMOUNT'
      AND d.ours_fen = r.settlement_fen AND d.theirs_fen = b.amount_fen
  )
UNION ALL
SELECT 'two days say that one line of the bank brought their money', r.arrived_serial FROM recon_runs r
WHERE r.arrived_serial IS NOT NULL GROUP BY r.mch_id, r.arrived_serial HAVING COUNT(*) > 1
UNION ALL
SELECT 'money came to the bank that nobody looks into', e.id FROM ledger_entries e
LEFT JOIN recon_differences d ON d.id = e.document_id
WHERE e.document_kind = 'BANK_LINE'
  AND (d.id IS NULL OR d.kind <> 'SETTLEMENT' OR d.theirs_fen <> e.amount_fen OR e.debit_kind <> 'BANK'
    OR e.credit_kind <> 'SUSPENSE');

-- I17 决定记的支出，等于引用它、没有冲销的支出：季报、单笔记账和共管账户付款，每一分只记一次
SELECT 'what the decision was charged is not what was spent under it' AS problem, t.decision_id AS subject
FROM (
  SELECT u.decision_id, SUM(u.kept_fen) AS kept_fen, SUM(u.charged_fen) AS charged_fen, SUM(u.spent_fen) AS spent_fen
  FROM (
    SELECT f.decision_id, f.spent_fen AS kept_fen, 0 AS charged_fen, 0 AS spent_fen FROM decision_follow_ups f
    UNION ALL
    SELECT s.decision_id, 0, s.amount_fen, 0 FROM decision_spends s WHERE s.released_at IS NULL
    UNION ALL
    SELECT l.decision_id, 0, 0, l.spend_fen FROM income_book_lines l
    WHERE l.decision_id IS NOT NULL AND l.source <> 'SPENDING'
      AND NOT EXISTS (SELECT 1 FROM income_book_corrections c WHERE c.line_id = l.id)
    UNION ALL
    SELECT r.decision_id, 0, 0, r.amount_fen FROM spending_requests r
    WHERE r.decision_id IS NOT NULL AND r.state IN ('COMMITTEE_CONFIRMED', 'STREET_FILED', 'PAID', 'RECONCILED')
  ) u
  GROUP BY u.decision_id
) t
WHERE t.kept_fen <> t.charged_fen OR t.charged_fen <> t.spent_fen
UNION ALL
SELECT 'a line is charged that does not stand, or over another amount', s.source_id
FROM decision_spends s
LEFT JOIN income_book_lines l ON l.id = s.source_id
WHERE s.source_kind = 'INCOME_LINE' AND s.released_at IS NULL
  AND (l.id IS NULL OR l.decision_id IS NULL OR l.decision_id <> s.decision_id OR l.spend_fen <> s.amount_fen
    OR EXISTS (SELECT 1 FROM income_book_corrections c WHERE c.line_id = l.id))
UNION ALL
SELECT 'a payment of the joint account stands in the books under another decision or amount', l.id
FROM income_book_lines l
LEFT JOIN spending_requests r ON r.id = l.id
WHERE l.source = 'SPENDING'
  AND (r.id IS NULL OR r.amount_fen <> l.spend_fen OR COALESCE(r.decision_id, '') <> COALESCE(l.decision_id, ''));
