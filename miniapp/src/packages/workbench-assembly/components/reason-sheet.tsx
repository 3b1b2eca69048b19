import { ASSEMBLY_LIMITS } from '@linli/shared/assembly';
import { ConfirmSheet, type ConfirmSheetProps, Field, TextArea } from '@/components';
import type { ApiError } from '@/request';

type Sentences = Required<Pick<ConfirmSheetProps, 'title' | 'sentence' | 'doLabel' | 'safeLabel'>>;

export interface ReasonSheetProps extends Sentences {
  readonly open: boolean;
  readonly reasonLabel: string;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly action: { readonly busy: boolean; readonly error: ApiError | null };
  readonly onConfirm: ConfirmSheetProps['onConfirm'];
  readonly onClose: () => void;
}

/** Something that cannot be undone, with the reason that all owners are told. */
export function ReasonSheet({ reasonLabel, reason, onReason, action, ...sheet }: ReasonSheetProps) {
  return (
    <ConfirmSheet
      {...sheet}
      danger
      busy={action.busy}
      error={action.error?.field('reason') ?? action.error?.message}
    >
      <Field label={reasonLabel}>
        <TextArea value={reason} maxLength={ASSEMBLY_LIMITS.reasonLength.max} onChange={onReason} />
      </Field>
    </ConfirmSheet>
  );
}
