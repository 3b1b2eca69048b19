import { View } from '@tarojs/components';
import { type OversightExtension, ticketCategory } from '@linli/shared/tickets';
import { Button, Card, Empty, MorePages } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { PressingClock, TicketStateChip } from '@/components/tickets';
import { navigate } from '@/navigate';
import { useExtensions } from '../../api';
import { ExtensionDecision } from '../../components/extension-decision';

/** 延期审批: who asks for more time and why, the oldest first. */
export default function ExtensionsDeskPage() {
  const extensions = useExtensions();
  return (
    <WorkbenchShell
      route="extensionsDesk"
      active="extensions"
      title="延期审批"
      resource={extensions}
      empty={({ items }) =>
        items.length > 0 ? null : <Empty title="没有等待审批的延期" text="承办单位申请延期后会出现在这里。" />
      }
    >
      {({ items }) => (
        <View className="stack stack--5">
          {items.map((item) => (
            <Request key={item.id} item={item} />
          ))}
          <MorePages more={extensions.more} />
        </View>
      )}
    </WorkbenchShell>
  );
}

function Request({ item }: { readonly item: OversightExtension }) {
  const { ticket } = item;
  return (
    <View className="stack stack--2">
      <Card>
        <View className="stack stack--2">
          <View className="row row--between row--top gap-2">
            <View className="t-strong grow">{ticket.title}</View>
            <TicketStateChip state={ticket.state} side="OTHERS" />
          </View>
          <View className="t-second t-muted">
            {`${ticket.estateName} · ${ticketCategory(ticket.category).label} · ${ticket.number} · ${ticket.handlerName}`}
          </View>
          {ticket.pressing !== null && <PressingClock pressing={ticket.pressing} />}
          <View className="row">
            <Button
              size="small"
              kind="plain"
              label={`看办理经过：${ticket.title}`}
              onTap={() => {
                navigate('ticketHandle', { estateId: ticket.estateId, id: ticket.id });
              }}
            >
              看办理经过
            </Button>
          </View>
        </View>
      </Card>
      <ExtensionDecision ticket={ticket} extension={item} mayDecide={item.mayDecide} />
    </View>
  );
}
