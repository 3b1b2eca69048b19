import { create } from 'zustand';

export type ToastTone = 'plain' | 'good' | 'bad';

interface ToastState {
  readonly message: string | null;
  readonly tone: ToastTone;
  /** Changes with every toast, so that the same words show again. */
  readonly turn: number;
  show(message: string, tone?: ToastTone): void;
  hide(): void;
}

export const useToast = create<ToastState>()((set) => ({
  message: null,
  tone: 'plain',
  turn: 0,
  show: (message, tone = 'plain') => {
    set(({ turn }) => ({ message, tone, turn: turn + 1 }));
  },
  hide: () => {
    set({ message: null });
  },
}));

/** A word at the foot of whichever page is on top: `toast('已保存', 'good')`. */
export function toast(message: string, tone: ToastTone = 'plain'): void {
  useToast.getState().show(message, tone);
}
