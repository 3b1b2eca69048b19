import { View } from '@tarojs/components';
import type { TicketDetail, TicketEvent } from '@linli/shared/tickets';
import { useEffect, useState } from 'react';
import { Button, Card } from '@/components';
import { STEP_FORMS, type StepForm } from '../step-forms';
import { StepSheet } from './step-sheet';

/** What can be done with it now: the lifecycle's open steps, the usual ones large. */
export function HandlerSteps({
  ticket,
  onSheet,
}: {
  readonly ticket: TicketDetail;
  readonly onSheet: ((open: boolean) => void) | undefined;
}) {
  const [open, setOpen] = useState<TicketEvent | null>(null);
  useEffect(() => {
    onSheet?.(open !== null);
  }, [open, onSheet]);
  const offered = ticket.steps.flatMap((event) => {
    const form = STEP_FORMS[event];
    // A complaint that is one's own is confirmed and reopened on the residents' page.
    return form === undefined ? [] : [{ event, form }];
  });
  if (offered.length === 0) return null;
  const first = offered.filter(({ form }) => form.rank === 'first');
  const more = offered.filter(({ form }) => form.rank === 'more');
  const form: StepForm | undefined = open === null ? undefined : STEP_FORMS[open];
  return (
    <Card>
      <View className="stack stack--3">
        <View className="row row--wrap gap-2">
          {first.map(({ event, form: { label } }, index) => (
            <Button
              key={event}
              size="small"
              kind={index === 0 ? 'primary' : 'plain'}
              onTap={() => setOpen(event)}
            >
              {label}
            </Button>
          ))}
        </View>
        {more.length > 0 && (
          <View className="row row--wrap gap-2">
            {more.map(({ event, form: { label } }) => (
              <Button key={event} size="small" kind="quiet" onTap={() => setOpen(event)}>
                {label}
              </Button>
            ))}
          </View>
        )}
      </View>
      {open !== null && form !== undefined && (
        <StepSheet
          key={open}
          ticket={ticket}
          form={form}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </Card>
  );
}
