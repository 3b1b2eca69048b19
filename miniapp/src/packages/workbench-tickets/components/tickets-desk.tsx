import { Text, View } from '@tarojs/components';
import { type TicketSummary, SLA_CLASS_LABELS, ticketCategory } from '@linli/shared/tickets';
import { type ReactNode, useState } from 'react';
import { Chip, Empty } from '@/components';
import { type Column, DataTable } from '@/components/staff';
import { ClockChip, PressingClock, TicketFacts, TicketStateChip } from '@/components/tickets';
import { navigate } from '@/navigate';
import { useWide } from '@/platform';
import { OpenTicket } from './open-ticket';
import './tickets-desk.css';

/** Any list of complaints to be worked: beside the table the one that is open; on a phone it opens on its own page. */
export function TicketsDesk<Row extends TicketSummary>({
  rows,
  caption,
  emptyText,
  estateOf,
  ours = false,
  foot,
}: {
  readonly rows: readonly Row[];
  readonly caption: string;
  readonly emptyText: string;
  /** The estate's name, where the list is of several. */
  readonly estateOf?: (row: Row) => string;
  /** All of them are with us: what matters is who of us has it. */
  readonly ours?: boolean;
  readonly foot?: ReactNode;
}) {
  const wide = useWide();
  const [open, setOpen] = useState<TicketSummary | null>(null);
  const [sheet, setSheet] = useState(false);
  if (rows.length === 0 && open === null) return <Empty title="这里没有投诉" text={emptyText} />;
  return (
    <View className="tickets-desk">
      <View className="tickets-desk__list">
        <DataTable
          caption={caption}
          rows={rows}
          columns={columnsOf(estateOf, ours, open !== null)}
          rowKey={({ id }) => id}
          rowLabel={(row) => `${row.number}，${row.title}，${row.pressing?.text ?? ''}`}
          card={(row) => <PhoneCard row={row} estate={estateOf?.(row)} />}
          openKey={open?.id ?? null}
          keyboard={!sheet}
          onOpen={(row) => {
            if (wide) setOpen(row);
            else navigate('ticketHandle', { estateId: row.estateId, id: row.id });
          }}
        />
        {foot}
      </View>
      {wide && open !== null && (
        <View className="tickets-desk__panel">
          <OpenTicket
            key={open.id}
            estateId={open.estateId}
            id={open.id}
            onSheet={setSheet}
            onClose={() => {
              setOpen(null);
            }}
          />
        </View>
      )}
    </View>
  );
}

/** While one is open beside it the table keeps what one chooses by. */
function columnsOf<Row extends TicketSummary>(
  estateOf: ((row: Row) => string) | undefined,
  ours: boolean,
  narrow: boolean,
): Column<Row>[] {
  const columns: Column<Row>[] = [
    { key: 'what', title: '投诉', cell: (row) => <What row={row} estate={estateOf?.(row)} /> },
    {
      key: 'state',
      title: '进展',
      width: '104px',
      cell: ({ state }) => <TicketStateChip state={state} side="OTHERS" />,
    },
    {
      key: 'clock',
      title: '期限',
      width: '168px',
      cell: ({ pressing }) => <ClockChip pressing={pressing} />,
    },
  ];
  if (narrow) return columns;
  return [
    ...columns,
    { key: 'class', title: '级别', width: '88px', cell: ({ slaClass }) => SLA_CLASS_LABELS[slaClass] },
    {
      key: 'who',
      title: '在谁手上',
      width: '170px',
      cell: ({ assigneeName, handlerName }) =>
        assigneeName ?? (ours ? <Text className="t-muted">没派人</Text> : handlerName),
    },
  ];
}

function What({ row, estate }: { readonly row: TicketSummary; readonly estate?: string | undefined }) {
  return (
    <View className="stack stack--1">
      <View className="row gap-2">
        <Text className="t-strong">{row.title}</Text>
        {row.unsafe && (
          <Chip tone="bad" icon="alert">
            有危险
          </Chip>
        )}
      </View>
      <View className="t-second t-muted">
        {[estate, ticketCategory(row.category).label, row.number]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </View>
    </View>
  );
}

function PhoneCard({ row, estate }: { readonly row: TicketSummary; readonly estate?: string | undefined }) {
  return (
    <View className="stack stack--2">
      <View className="row row--between row--top gap-2">
        <View className="t-strong grow">{row.title}</View>
        <TicketStateChip state={row.state} side="OTHERS" />
      </View>
      <View className="t-second t-muted">
        {[estate, ticketCategory(row.category).label, row.assigneeName ?? row.handlerName]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </View>
      <TicketFacts ticket={row} />
      {row.unsafe && (
        <Chip tone="bad" icon="alert">
          有危险
        </Chip>
      )}
      {row.pressing !== null && <PressingClock pressing={row.pressing} />}
    </View>
  );
}
