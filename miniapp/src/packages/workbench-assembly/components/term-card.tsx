import { View } from '@tarojs/components';
import type { CommitteeTerm } from '@linli/shared/assembly';
import { formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Chip,
  ConfirmButton,
  DatePicker,
  Fact,
  Field,
  PageContent,
  Sheet,
  TextInput,
  useNow,
} from '@/components';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { electionDeskActions, useTerm } from '../election-api';

/** The term that runs, what is due of it, and the steps that are put on record here. */
export function TermCard() {
  const term = useTerm();
  return (
    <PageContent resource={term}>
      {({ term: current }) => (current === null ? <NoTerm /> : <Term term={current} />)}
    </PageContent>
  );
}

function useRoles(): ReadonlySet<string> {
  const estateId = useSession((state) => state.estateId);
  const memberships = useSession((state) => state.me?.memberships);
  return new Set(
    (memberships ?? [])
      .filter(({ estates }) => estates.some(({ id }) => id === estateId))
      .map(({ role }) => role),
  );
}

function NoTerm() {
  const roles = useRoles();
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  const may = roles.has('COMMUNITY_OFFICER') || roles.has('STREET_OFFICER');
  return (
    <Card title="本届业委会">
      <View className="stack stack--3">
        <View>还没有登记任期，换届的时间无从提醒。由社区或街道按备案登记。</View>
        {may && (
          <Button
            onTap={() => {
              setOpen(true);
            }}
          >
            登记任期
          </Button>
        )}
        <Sheet open={open} title="登记任期" onClose={close}>
          {open && <RegisterTerm onDone={close} />}
        </Sheet>
      </View>
    </Card>
  );
}

function RegisterTerm({ onDone }: { readonly onDone: () => void }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [startsOn, setStartsOn] = useState<string | null>(null);
  const [endsOn, setEndsOn] = useState<string | null>(null);
  const [seats, setSeats] = useState('5');
  const save = useAction(
    () =>
      electionDeskActions(estateId).registerTerm({
        startsOn: startsOn ?? '',
        endsOn: endsOn ?? '',
        seats: Number(seats),
      }),
    {
      onDone: () => {
        toast('已登记', 'good');
        onDone();
      },
    },
  );
  return (
    <View className="stack stack--3">
      <Field label="任期从">
        <DatePicker value={startsOn} onChange={setStartsOn} />
      </Field>
      <Field label="到">
        <DatePicker value={endsOn} onChange={setEndsOn} />
      </Field>
      <Field label="委员人数">
        <TextInput value={seats} keyboard="number" maxLength={2} onChange={setSeats} />
      </Field>
      {save.error !== null && <View className="t-bad">{save.error.message}</View>}
      <Button block busy={save.busy} disabled={startsOn === null || endsOn === null} onTap={() => save.run()}>
        登记
      </Button>
    </View>
  );
}

function Term({ term }: { readonly term: CommitteeTerm }) {
  const roles = useRoles();
  const { clock, handover, vacancy } = term;
  return (
    <Card
      title="本届业委会"
      tone={clock.phase === 'RUNNING' ? 'plain' : 'urgent'}
      extra={
        <Chip tone={clock.phase === 'RUNNING' ? 'good' : 'bad'}>
          {clock.phase === 'RUNNING'
            ? '任期内'
            : clock.overdueDays > 0
              ? `逾期 ${clock.overdueDays} 天`
              : '该换届了'}
        </Chip>
      }
    >
      <View className="stack stack--2">
        <View>{clock.sentence}</View>
        {vacancy !== null && (
          <View className={vacancy.overdueDays > 0 ? 't-bad t-strong' : 't-strong'}>{vacancy.sentence}</View>
        )}
        {term.fileBy !== null && (
          <Fact label="备案">
            {term.filedOn === null ? `应在 ${formatFullDate(term.fileBy)}前` : formatFullDate(term.filedOn)}
          </Fact>
        )}
        {term.firstMeetingBy !== null && (
          <Fact label="首次会议">
            {term.firstMeetingOn === null
              ? `应在 ${formatFullDate(term.firstMeetingBy)}前`
              : formatFullDate(term.firstMeetingOn)}
          </Fact>
        )}
        <View className="row row--wrap gap-3">
          {term.fileBy !== null && term.filedOn === null && roles.has('STREET_OFFICER') && (
            <Note term={term} what="filed" label="记录备案" />
          )}
          {term.firstMeetingBy !== null && term.firstMeetingOn === null && (
            <Note term={term} what="first-meeting" label="记录首次会议" />
          )}
          {(roles.has('COMMUNITY_OFFICER') || roles.has('STREET_OFFICER')) && <Fill term={term} />}
          {handover !== null && (
            <Button
              kind="plain"
              onTap={() => {
                navigate('committee');
              }}
            >
              {`移交清单（${handover.done}/${handover.all}）`}
            </Button>
          )}
        </View>
      </View>
    </Card>
  );
}

/** A member left: alternates step in by their rank, and another officer confirms. */
function Fill({ term }: { readonly term: CommitteeTerm }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const fill = useAction(() => electionDeskActions(estateId).fill(term.id), {
    onDone: ({ stepIn, byElection, electAnew }) => {
      const left = byElection > 0 ? `，还空 ${byElection} 席，需要补选` : '';
      const words = stepIn > 0 ? `候补 ${stepIn} 人已提交任职${left}` : `没有候补可以递补${left}`;
      toast(electAnew ? '在任的不到一半，需要重新选举' : byElection + stepIn === 0 ? '没有空缺' : words);
    },
  });
  return (
    <>
      {fill.error !== null && <View className="t-bad">{fill.error.message}</View>}
      <Button kind="plain" busy={fill.busy} onTap={() => fill.run()}>
        委员有空缺，由候补递补
      </Button>
    </>
  );
}

function Note({
  term,
  what,
  label,
}: {
  readonly term: CommitteeTerm;
  readonly what: 'filed' | 'first-meeting';
  readonly label: string;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const today = shanghaiDate(useNow());
  const [on, setOn] = useState<string>(today);
  return (
    <ConfirmButton
      text={label}
      ask={{ title: label, sentence: '记录后业主都能看到，不能再改。', doLabel: '记录' }}
      perform={() => electionDeskActions(estateId).note(term.id, what, on)}
      onDone={() => {
        toast('已记录', 'good');
      }}
    >
      <Field label="日期">
        <DatePicker value={on} to={today} onChange={setOn} />
      </Field>
    </ConfirmButton>
  );
}
