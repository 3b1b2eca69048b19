import type { IconName } from '@/components';
import { navigate } from '@/navigate';
import type { TodoKind } from '@linli/shared/home';

export interface HomeAction {
  readonly label: string;
  /** What it is for, in elder mode where there is room for a line. */
  readonly detail: string;
  readonly icon: IconName;
  readonly open: () => void;
}

/** The four things that people come for. */
export const HOME_ACTIONS: readonly HomeAction[] = [
  {
    label: '投诉',
    detail: '反映问题，看谁在办',
    icon: 'complaint',
    open: () => {
      navigate('complaints');
    },
  },
  {
    label: '缴费',
    detail: '查账单，交物业费',
    icon: 'wallet',
    open: () => {
      navigate('bills');
    },
  },
  {
    label: '投票',
    detail: '小区的事，一起定',
    icon: 'ballot',
    open: () => {
      navigate('assembly');
    },
  },
  {
    label: '打电话',
    detail: '找到该管的部门',
    icon: 'phone',
    open: () => {
      navigate('contactBoard');
    },
  },
];

/** Where a to-do card leads, and its picture. */
export const TODO_FACES: Readonly<
  Record<
    TodoKind,
    { readonly icon: IconName; readonly due: string; readonly open: (subjectId: string) => void }
  >
> = {
  VOTE: {
    icon: 'ballot',
    due: '投票截止',
    open: (assemblyId) => {
      navigate('assemblyDetail', { assemblyId });
    },
  },
  BILL: {
    icon: 'wallet',
    due: '缴费期限',
    open: () => {
      navigate('bills');
    },
  },
  COMPLAINT: {
    icon: 'complaint',
    due: '期限',
    open: (id) => {
      navigate('complaintDetail', { id });
    },
  },
};
