import { create } from 'zustand';
import { markDocument, readStored, writeStored } from '@/platform';

interface Kept {
  /** 长辈模式 */
  readonly elder: boolean;
  /** Take over WeChat's own font size. */
  readonly followWechatFont: boolean;
  /** The privacy policy that was agreed to on this phone; null before the first use. */
  readonly agreedVersion: string | null;
}

export interface PreferencesState extends Kept {
  setElder(on: boolean): void;
  setFollowWechatFont(on: boolean): void;
  agree(version: string): void;
  withdrawAgreement(): void;
}

const STORED_AS = 'preferences';
const INITIAL: Kept = { elder: false, followWechatFont: true, agreedVersion: null };

export const usePreferences = create<PreferencesState>()((set) => ({
  ...INITIAL,
  ...readStored<Kept>(STORED_AS),
  setElder: (elder) => {
    set({ elder });
  },
  setFollowWechatFont: (followWechatFont) => {
    set({ followWechatFont });
  },
  agree: (agreedVersion) => {
    set({ agreedVersion });
  },
  withdrawAgreement: () => {
    set({ agreedVersion: null });
  },
}));

function keep({ elder, followWechatFont, agreedVersion }: PreferencesState): void {
  markDocument('elder-mode', elder);
  writeStored(STORED_AS, { elder, followWechatFont, agreedVersion } satisfies Kept);
}

markDocument('elder-mode', usePreferences.getState().elder);
usePreferences.subscribe(keep);
