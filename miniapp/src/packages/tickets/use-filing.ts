import type { Residency } from '@linli/shared/identity';
import type { FileTicketResponse, TicketCategoryCode } from '@linli/shared/tickets';
import { replace } from '@/navigate';
import { type Action, useAction } from '@/request';
import { type DraftHandle, myHomes, toast, useSession } from '@/stores';
import { fileTicket } from './api';
import { type ComplaintDraft, draftName, homeFor, requestOf } from './model';

/** The home that a complaint in this estate is for. */
export function useHomeFor(estateId: string, chosen: string | null): Residency | null {
  const homes = useSession(myHomes);
  const current = useSession((state) => state.unitId);
  return homeFor(homes, estateId, chosen, current);
}

/** The key is kept on the phone with the draft: whoever comes back and sends again does not file it twice. */
export function useFiling(
  {
    estateId,
    category,
    draft,
    unitId,
  }: {
    readonly estateId: string;
    readonly category: TicketCategoryCode;
    readonly draft: DraftHandle<ComplaintDraft>;
    readonly unitId: string | null;
  },
  close: () => void,
): Action<[]> {
  return useAction((key) => fileTicket(estateId, key, requestOf(category, draft.value, unitId)), {
    name: draftName(estateId, category),
    onDone: ({ id, earlier }: FileTicketResponse) => {
      draft.discard();
      close();
      // The first attempt had got through after all, and was changed since: it is opened, and not filed again.
      if (earlier === true) toast('上一次其实已经提交成功，这就是那一件', 'good');
      replace('complaintDetail', earlier === true ? { estateId, id } : { estateId, id, sent: '1' });
    },
    onError: close,
  });
}
