import type { RadarLink } from '@linli/shared/disclosure';
import { navigate } from '@/navigate';

/** Where a posting is read; what is not posted leads to the page that says whose duty it is. */
export function openPosting(link: RadarLink | null, code: string): void {
  if (link === null) {
    navigate('radarItem', { code });
    return;
  }
  switch (link.kind) {
    case 'FEES':
      navigate('fees');
      return;
    case 'UTILITIES':
      navigate('utilities');
      return;
    case 'INCOME':
      navigate('income');
      return;
    case 'CONTACTS':
      navigate('contactBoard');
      return;
    case 'NOTICE':
      navigate('notice', { noticeId: link.id });
      return;
    case 'POSTING':
      navigate('posting', { postingId: link.id });
      return;
  }
}
