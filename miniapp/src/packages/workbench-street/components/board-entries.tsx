import { View } from '@tarojs/components';
import type { BoardEntryInput } from '@linli/shared/contacts';
import type { FieldError } from '@linli/shared/errors';
import { isMobile } from '@linli/shared/kernel';
import { Check } from '@/components';
import { DataTable } from '@/components/staff';
import type { DraftHandle } from '@/stores';
import { type BoardForm, ENTRY_TEXTS } from '../model';
import { LineSheet } from './line-sheet';

export interface BoardEntriesProps {
  readonly entries: readonly BoardEntryInput[];
  readonly faults: readonly FieldError[];
  readonly keyboard: boolean;
  readonly onOpen: (index: number) => void;
}

/** The departments on the board, each to be opened and put right. */
export function BoardEntries({ entries, faults, keyboard, onOpen }: BoardEntriesProps) {
  return (
    <DataTable
      rows={entries.map((entry, index) => ({ ...entry, index }))}
      caption="公告牌的内容"
      keyboard={keyboard}
      rowKey={({ index }) => String(index)}
      rowLabel={({ departmentName, contactName, phone }) => `${departmentName}，${contactName}，${phone}`}
      onOpen={({ index }) => {
        onOpen(index);
      }}
      columns={[
        { key: 'department', title: '部门', cell: ({ departmentName }) => departmentName, width: '18%' },
        { key: 'duties', title: '工作职责', cell: ({ duties }) => duties },
        { key: 'handles', title: '受理事项', cell: ({ handles }) => handles, width: '20%' },
        { key: 'contact', title: '联系人', cell: ({ contactName }) => contactName, width: '11%' },
        {
          key: 'phone',
          title: '电话',
          width: '14%',
          cell: ({ phone, index }) => (
            <>
              <View className="t-nowrap">{phone}</View>
              {faultsAt(faults, index).map(({ code, message }) => (
                <View key={code} className="t-bad t-second">
                  {message}
                </View>
              ))}
            </>
          ),
        },
      ]}
      card={({ departmentName, contactName, phone, handles }) => (
        <View className="stack stack--1">
          <View className="t-strong">{departmentName}</View>
          <View>{`${contactName} ${phone}`}</View>
          <View className="t-second t-muted">{handles}</View>
        </View>
      )}
    />
  );
}

export interface EntrySheetProps {
  readonly draft: DraftHandle<BoardForm>;
  /** Of the draft, so that what is typed here is kept beside it. */
  readonly name: string;
  readonly at: number | null;
  readonly faults: readonly FieldError[];
  readonly onClose: () => void;
}

export function EntrySheet({ draft, name, at, faults, onClose }: EntrySheetProps) {
  const { entries } = draft.value;
  const entry = at === null ? undefined : entries[at];
  if (at === null || entry === undefined) return null;
  return (
    <LineSheet
      title="改这一行"
      draft={`${name}/${at}/${entry.departmentName}`}
      line={entry}
      texts={ENTRY_TEXTS}
      errors={faultsAt(faults, at).map(({ message }) => message)}
      extra={(edited, change) =>
        isMobile(edited.phone) && (
          <Check
            label="本人同意公示"
            on={edited.mobileConsent}
            onChange={(mobileConsent) => {
              change({ ...edited, mobileConsent });
            }}
          >
            这是工作手机，本人同意公示
          </Check>
        )
      }
      onSave={(edited) => {
        draft.merge({ entries: entries.map((old, index) => (index === at ? edited : old)) });
        onClose();
      }}
      onRemove={() => {
        draft.merge({ entries: entries.filter((_, index) => index !== at) });
        onClose();
      }}
      onClose={onClose}
    />
  );
}

function faultsAt(faults: readonly FieldError[], index: number): readonly FieldError[] {
  return faults.filter(({ path }) => path.startsWith(`entries[${index}]`));
}
