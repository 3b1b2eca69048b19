import { View } from '@tarojs/components';
import { type BoardSheetCheck, CONTACT_LIMITS, type ContactBoardView } from '@linli/shared/contacts';
import { isMobile, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Cell,
  Check,
  ConfirmSheet,
  DatePicker,
  Field,
  SectionHead,
  TextInput,
  useNow,
} from '@/components';
import { DataTable, SheetFaults, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { chooseDocument, useWide } from '@/platform';
import { useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import { boardActions, useBase, useBoard } from '../../api';
import { LineSheet } from '../../components/line-sheet';
import { Places } from '../../components/places';
import { type BoardForm, ENTRY_TEXTS, LEVEL_TEXTS, NEW_ENTRY, boardForm, editedEntries } from '../../model';

/** 公告牌: import the sheet, fix it in the table, publish a version. */
export default function BoardsPage() {
  const board = useBoard();
  return (
    <WorkbenchShell route="boardsDesk" active="boards" title="公告牌" resource={board}>
      {(view) => (
        <View className="stack stack--4">
          {view !== null && <Standing board={view} />}
          <Editor key={view?.version ?? 0} board={view} />
          {view !== null && <Places places={view.places} />}
        </View>
      )}
    </WorkbenchShell>
  );
}

function Standing({ board }: { readonly board: ContactBoardView }) {
  const base = useBase();
  const wide = useWide();
  const [asking, setAsking] = useState(false);
  const check = useAction((key: string) => boardActions(base).check(key), {
    onDone: () => {
      setAsking(false);
      toast('已记下今天核对过');
    },
  });
  return (
    <Card tone={board.stale ? 'urgent' : 'plain'}>
      <View className={wide ? 'row row--between gap-3' : 'stack stack--3'}>
        <View className="grow">
          <View className="t-strong">{`现在是第 ${board.version} 版，${board.checkedDaysAgo === 0 ? '今天' : `${board.checkedDaysAgo} 天前`}核对过`}</View>
          <View className="t-second t-muted">
            {board.stale ? '已经超过期限，请逐个打一遍再核对' : '到期前要再逐个打一遍'}
          </View>
        </View>
        <View className="row row--wrap gap-3">
          <Button
            kind="plain"
            icon="print"
            onTap={() => {
              navigate('contactBoard');
            }}
          >
            看和打印
          </Button>
          <Button
            icon="done"
            onTap={() => {
              setAsking(true);
            }}
          >
            今天核对过了
          </Button>
        </View>
      </View>
      <ConfirmSheet
        open={asking}
        title="核对号码"
        sentence={`您确认今天已经把 ${board.entries.length} 个号码逐个打过，都有人接。公告牌上会写今天的日期。`}
        doLabel="记下核对"
        busy={check.busy}
        error={check.error?.message}
        onConfirm={() => check.run()}
        onClose={() => {
          setAsking(false);
        }}
      />
    </Card>
  );
}

function Editor({ board }: { readonly board: ContactBoardView | null }) {
  const base = useBase();
  const now = useNow();
  const draftName = `board${base}/${board?.version ?? 0}`;
  const draft = useDraft<BoardForm>(draftName, boardForm(board, shanghaiDate(now)));
  const { entries, levels, effectiveFrom, reason } = draft.value;
  const [open, setOpen] = useState<number | null>(null);
  const [level, setLevel] = useState<number | null>(null);
  const [check, setCheck] = useState<BoardSheetCheck | null>(null);
  const [confirming, setConfirming] = useState(false);
  const request = { effectiveFrom, reason: reason.trim(), entries, levelPhones: levels };
  const publish = useAction((key: string) => boardActions(base).publish(key, request), {
    name: draftName,
    onDone: ({ version }) => {
      setConfirming(false);
      draft.discard();
      toast(`第 ${version} 版已发布`);
    },
  });
  const load = useAction(async () => {
    const file = await chooseDocument(['.xlsx', '.csv']);
    if (file === null) return;
    const found = await boardActions(base).checkSheet(file);
    setCheck(found);
    if (found.draft !== null) draft.merge({ entries: editedEntries(found.draft) });
  });
  const faultsAt = (index: number) =>
    (publish.error?.fields ?? []).filter(({ path }) => path.startsWith(`entries[${index}]`));
  const rows = entries.map((entry, index) => ({ ...entry, index }));

  return (
    <View className="stack stack--4">
      <Card title={board === null ? '第一版' : '做新的一版'}>
        <View className="stack stack--3">
          <View className="row row--wrap gap-3">
            <Button kind="plain" icon="document" busy={load.busy} busyText="读表中…" onTap={() => load.run()}>
              从表格导入
            </Button>
            <Button
              kind="plain"
              icon="plus"
              onTap={() => {
                draft.merge({ entries: [...entries, NEW_ENTRY] });
                setOpen(entries.length);
              }}
            >
              加一行
            </Button>
            {draft.kept && (
              <Button kind="quiet" icon="refresh" onTap={draft.discard}>
                不要没发布的改动
              </Button>
            )}
          </View>
          {load.error !== null && <View className="t-bad">{load.error.message}</View>}
          {check !== null && <Checked check={check} />}
        </View>
      </Card>
      <DataTable
        rows={rows}
        caption="公告牌的内容"
        keyboard={open === null && level === null && !confirming}
        rowKey={({ index }) => String(index)}
        rowLabel={({ departmentName, contactName, phone }) => `${departmentName}，${contactName}，${phone}`}
        onOpen={({ index }) => {
          setOpen(index);
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
                {faultsAt(index).map(({ code, message }) => (
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
      {levels.length > 0 && (
        <View>
          <SectionHead title="各级投诉电话" />
          <Card flush>
            {levels.map((rung, index) => (
              <Cell
                key={rung.level}
                title={board?.levels.find((known) => known.level === rung.level)?.label ?? rung.level}
                detail={`${rung.organisation} ${rung.hours}`}
                value={rung.phone === '' ? '还没有填' : rung.phone}
                onTap={() => {
                  setLevel(index);
                }}
              />
            ))}
          </Card>
        </View>
      )}
      <Card>
        <View className="stack stack--3">
          <Field label="从哪天起用">
            <DatePicker
              value={effectiveFrom}
              onChange={(value) => {
                draft.merge({ effectiveFrom: value });
              }}
            />
          </Field>
          {board !== null && (
            <Field label="改了什么" hint="业主会看到这句话">
              <TextInput
                value={reason}
                maxLength={CONTACT_LIMITS.reasonMax}
                onChange={(value) => {
                  draft.merge({ reason: value });
                }}
              />
            </Field>
          )}
          <Button
            block
            disabled={entries.length === 0}
            onTap={() => {
              publish.clearError();
              setConfirming(true);
            }}
          >
            {board === null ? '发布第一版' : `发布第 ${board.version + 1} 版`}
          </Button>
        </View>
      </Card>
      <ConfirmSheet
        open={confirming}
        title="发布公告牌"
        sentence={`${entries.length} 个部门的联系方式将公示给本小区所有住户，${effectiveFrom} 起用。发布后不能改，只能再发新的一版。`}
        doLabel="确认发布"
        busy={publish.busy}
        error={
          publish.error === null
            ? undefined
            : [publish.error.message, ...publish.error.fields.map(({ message }) => message)].join('；')
        }
        onConfirm={() => publish.run()}
        onClose={() => {
          setConfirming(false);
        }}
      />
      {open !== null && entries[open] !== undefined && (
        <LineSheet
          title="改这一行"
          draft={`${draftName}/${open}/${entries[open].departmentName}`}
          line={entries[open]}
          texts={ENTRY_TEXTS}
          errors={faultsAt(open).map(({ message }) => message)}
          extra={(entry, change) =>
            isMobile(entry.phone) && (
              <Check
                label="本人同意公示"
                on={entry.mobileConsent}
                onChange={(mobileConsent) => {
                  change({ ...entry, mobileConsent });
                }}
              >
                这是工作手机，本人同意公示
              </Check>
            )
          }
          onSave={(entry) => {
            draft.merge({ entries: entries.map((old, index) => (index === open ? entry : old)) });
            setOpen(null);
          }}
          onRemove={() => {
            draft.merge({ entries: entries.filter((_, index) => index !== open) });
            setOpen(null);
          }}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
      {level !== null && levels[level] !== undefined && (
        <LineSheet
          title="投诉电话"
          draft={`${draftName}/level/${level}`}
          line={levels[level]}
          texts={LEVEL_TEXTS}
          onSave={(rung) => {
            draft.merge({ levels: levels.map((old, index) => (index === level ? rung : old)) });
            setLevel(null);
          }}
          onClose={() => {
            setLevel(null);
          }}
        />
      )}
    </View>
  );
}

/** What was found in the sheet: cells to put right, and what the board as a whole lacks. */
function Checked({ check }: { readonly check: BoardSheetCheck }) {
  if (check.faults.length === 0 && check.boardFaults.length === 0)
    return <View className="t-good">{`读到 ${check.rows} 行，没有问题`}</View>;
  return (
    <View className="stack stack--3">
      {check.faults.length > 0 && (
        <SheetFaults title={`表格有 ${check.faults.length} 处要改`} faults={check.faults} />
      )}
      {check.boardFaults.map(({ path, code, message, severity }) => (
        <View key={`${path}|${code}`} className={severity === 'BLOCKS' ? 't-bad' : 't-muted'}>
          {message}
        </View>
      ))}
    </View>
  );
}
