import { TEMPLATES_PER_QUESTION, type NoticeKind, type SubscriptionOffer } from '@linli/shared/notifications';
import { useCallback } from 'react';
import { askForMessages, isWeapp, randomId } from '@/platform';
import { useSession } from '@/stores/session';
import { api } from './api';
import { resourceCache } from './resource-cache';
import { useResource } from './use-resource';

const KEY = 'me/subscriptions';

/**
 * Asks at a tap whether WeChat may send one message of each kind: `const ask = useMessageConsent(['TICKET'])`, and
 * first thing in the tap's handler `await ask()`. Never fails, and does nothing in a browser: the inbox is the truth.
 */
export function useMessageConsent(kinds: readonly NoticeKind[]): () => Promise<void> {
  const signedIn = useSession((state) => state.token !== null);
  // Loaded beforehand: WeChat opens its question only straight from the tap.
  const offers = useResource(isWeapp && signedIn ? KEY : null, () =>
    api.get<readonly SubscriptionOffer[]>('/api/me/subscriptions'),
  );
  const known = offers.status === 'ready' ? offers.data : [];
  const wanted = known
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ templateId }) => templateId)
    .slice(0, TEMPLATES_PER_QUESTION)
    .join(' ');
  return useCallback(async () => {
    if (wanted === '') return;
    const templateIds = wanted.split(' ');
    const accepted = await askForMessages(templateIds);
    const answers = templateIds.map((templateId) => ({
      templateId,
      answer: accepted.includes(templateId) ? ('accept' as const) : ('reject' as const),
    }));
    // What the person came to do does not wait for it, and does not fail with it.
    api.post('/api/me/subscriptions', { answers }, { idempotencyKey: randomId() }).then(
      () => {
        resourceCache.invalidate(KEY);
      },
      () => undefined,
    );
  }, [wanted]);
}
