import { Inject, Injectable } from '@nestjs/common';
import { yuanText } from '@linli/shared/kernel';
import type { ApplySpendingRequest } from '@linli/shared/spending';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import type { Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { InboxService } from '../../notifications/index.ts';
import { type Books, EstateBooks, PUBLISHERS } from '../estate-books.ts';
import { applicantBody, SPENDING_PAGE } from './spending-actors.ts';
import { SpendingBasisService } from './spending-basis.service.ts';

/** The first step 支出申请: what for, to whom, how much, and which decision of the owners allows it. */
@Injectable()
export class ApplySpendingService {
  constructor(
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(SpendingBasisService) private readonly basis: SpendingBasisService,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async apply(
    caller: Caller,
    estateId: string,
    request: ApplySpendingRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    const action = { personId: caller.personId, key, useCase: `spending.apply:${estateId}`, body: request };
    return this.idempotency.once(action, async (tx) => {
      const books = await this.books.of(tx, estateId);
      const body = applicantBody(caller, books);
      if (body === null) throw refuse('SPENDING.NOT_YOURS');
      // Said at once, and asked again when it is approved: much may happen to a decision in between.
      const spend = { ...request, on: this.books.today() };
      const decision = await this.basis.of(tx, books, spend, request.decisionNo);
      await this.files.attach(tx, caller, estateId, 'VOUCHER', request.fileIds);
      const id = this.ids.next();
      await tx.insert('spending_requests', {
        ...NOTHING_DONE_YET,
        id,
        estate_id: estateId,
        category: request.category,
        request_text: request.text,
        payee: request.payee,
        amount_fen: request.amountFen,
        file_ids: JSON.stringify(request.fileIds),
        decision_id: decision?.id ?? null,
        state: 'APPLIED',
        applied_as: body,
        applied_by: caller.personId,
        applied_at: this.clock.now(),
      });
      await this.askConfirmers(tx, caller, books, request);
      await this.audit.record(tx, caller, {
        action: 'SPENDING.APPLIED',
        estateId,
        subjectType: 'spending_request',
        subjectId: id,
        after: {
          category: request.category,
          amountFen: request.amountFen,
          decisionNo: decision?.number ?? null,
        },
      });
      return { id };
    });
  }

  private async askConfirmers(
    tx: Transaction,
    caller: Caller,
    { estateId, publishedBy }: Books,
    { text, amountFen }: ApplySpendingRequest,
  ): Promise<void> {
    const confirmers = await this.inbox.staffOf(tx, estateId, PUBLISHERS[publishedBy]);
    await this.inbox.post(tx, {
      to: confirmers.filter((personId) => personId !== caller.personId),
      estateId,
      kind: 'INCOME',
      title: '有一笔支出申请等待确认',
      body: `${text}，${yuanText(amountFen)} 元。请核对合同、报价和准许依据。`.slice(0, 300),
      link: SPENDING_PAGE,
    });
  }
}

const NOTHING_DONE_YET = {
  threshold_fen: null,
  confirmed_by: null,
  confirmed_at: null,
  filed_by: null,
  filed_at: null,
  paid_by: null,
  paid_at: null,
  paid_on: null,
  bank_line_no: null,
  receipt_file_id: null,
  reconciled_by: null,
  reconciled_at: null,
  closed_by: null,
  closed_at: null,
  closed_reason: '',
} as const;
