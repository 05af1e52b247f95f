'use client';

import { CheckField, FieldFrame, SelectField, TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { type ActionForm, useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/choice.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Bank } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { type AlertChannel, channelKindWords } from '#lib/model/alert-channel.ts';
import type { AlertRoute } from '#lib/model/alert-route.ts';
import { type Clusters, MatchFields, matchValues, toMatch } from '../match-fields.tsx';
import { createRouteAction, updateRouteAction } from './actions.ts';

type Props = {
  route: AlertRoute | 'new' | null;
  routes: readonly AlertRoute[];
  channels: readonly AlertChannel[];
  clusters: Clusters;
  onClose: () => void;
  onDone: () => void;
};

/** Writes a route, or changes one. */
export function RouteSheet({ route, onClose, ...rest }: Props) {
  return (
    <Sheet
      isOpen={route !== null}
      onClose={onClose}
      kind="plan"
      title={route === 'new' || route === null ? 'Add route' : `Edit ${route.name}`}
      description="The first route in the order that fits an alert says who is told of it."
    >
      {route === null ? null : (
        <RouteForm route={route === 'new' ? null : route} onClose={onClose} {...rest} />
      )}
    </Sheet>
  );
}

const groupings = [
  { value: 'cluster', label: 'All of a cluster in one message' },
  { value: 'rule', label: 'All of a rule and cluster in one message' },
  { value: 'route', label: 'All of the route in one message' },
  { value: 'incident', label: 'A message for each' },
];

const valuesOf = (route: AlertRoute | null, last: number) => ({
  ...matchValues(route?.match ?? null),
  name: route?.name ?? '',
  position: String(route?.position ?? last),
  channels: route?.channels.join(',') ?? '',
  groupBy: (route?.groupBy ?? 'cluster') as string,
  groupWaitSeconds: String(route?.groupWaitSeconds ?? 5),
  repeatMinutes: String(route?.repeatMinutes ?? 240),
  escalateMinutes: String(route?.escalateMinutes ?? 0),
  escalateTo: route?.escalateTo.join(',') ?? '',
  sendsResolved: route?.sendsResolved ?? true,
  isEnabled: route?.isEnabled ?? true,
});
type RouteValues = ReturnType<typeof valuesOf>;

const idsOf = (text: string): string[] => text.split(',').filter(Boolean);
/** An empty field is no zero. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

const toInput = (values: RouteValues) => ({
  name: values.name,
  isEnabled: values.isEnabled,
  match: toMatch(values),
  channels: idsOf(values.channels),
  groupBy: values.groupBy as AlertRoute['groupBy'],
  groupWaitSeconds: numberOf(values.groupWaitSeconds),
  repeatMinutes: numberOf(values.repeatMinutes),
  escalateMinutes: numberOf(values.escalateMinutes),
  escalateTo: idsOf(values.escalateTo),
  sendsResolved: values.sendsResolved,
  position: numberOf(values.position),
});

function RouteForm({
  route,
  routes,
  channels,
  clusters,
  onClose,
  onDone,
}: Omit<Props, 'route'> & { route: AlertRoute | null }) {
  const form = useActionForm<RouteValues, ReturnType<typeof toInput>, { name: string }>({
    initial: valuesOf(route, routes.length + 1),
    toInput,
    action: (input, once) =>
      route
        ? updateRouteAction({ ...input, id: route.id, version: route.version }, once)
        : createRouteAction(input, once),
    onDone: ({ name }) => {
      showToast({ outcome: 'good', title: `${name} holds from now on.` });
      onDone();
      onClose();
    },
  });
  const places = Array.from({ length: routes.length + (route ? 0 : 1) }, (_, at) => ({
    value: String(at + 1),
    label: at === 0 ? '1, asked first' : String(at + 1),
  }));
  return (
    <Form
      form={form}
      submit={route ? 'Keep changes' : 'Add route'}
      problemTitle={route ? 'Not changed.' : 'Not added.'}
      cancel={<Button onClick={onClose}>Leave as it is</Button>}
    >
      <Bank title="Route" isPadded>
        <div className="grid gap-4">
          <div className="grid-2">
            <TextField field={form.field('name')} label="Name" hasFocus={!route} />
            <SelectField field={form.field('position')} label="Place" options={places} />
          </div>
          <CheckField
            field={form.field('isEnabled')}
            label="On"
            help="Off: alerts go by the next route that fits."
            isSwitch
          />
        </div>
      </Bank>
      <Bank title="Which alerts" isPadded>
        <div className="grid gap-4">
          <MatchFields form={form} clusters={clusters} />
        </div>
      </Bank>
      <Bank title="Who is told" isPadded>
        <div className="grid gap-4">
          <ChannelChoice form={form} name="channels" label="Channels" channels={channels} />
          <SelectField field={form.field('groupBy')} label="Put together" options={groupings} />
          <div className="grid-2">
            <TextField
              field={form.field('groupWaitSeconds')}
              label="Wait for more"
              help="What opens within this goes into the same message."
              suffix="s"
              inputMode="numeric"
            />
            <TextField
              field={form.field('repeatMinutes')}
              label="Tell again every"
              help="While nobody has acknowledged it. 0 is never."
              suffix="min"
              inputMode="numeric"
            />
          </div>
          <CheckField
            field={form.field('sendsResolved')}
            label="Tell the end too"
            help="To all who were told that it began."
            isSwitch
          />
        </div>
      </Bank>
      <Bank title="Escalation" note="when nobody acknowledges" isPadded>
        <div className="grid gap-4">
          <TextField
            field={form.field('escalateMinutes')}
            label="After"
            help="0 is never."
            suffix="min"
            inputMode="numeric"
          />
          {form.values.escalateMinutes.trim() === '0' ? null : (
            <ChannelChoice form={form} name="escalateTo" label="Also tell" channels={channels} />
          )}
        </div>
      </Bank>
    </Form>
  );
}

/** Several channels by tick. */
function ChannelChoice({
  form,
  name,
  label,
  channels,
}: {
  form: ActionForm<RouteValues>;
  name: 'channels' | 'escalateTo';
  label: string;
  channels: readonly AlertChannel[];
}) {
  const field = form.field(name);
  const chosen = idsOf(field.value);
  return (
    <FieldFrame
      id={field.id}
      label={label}
      {...(field.error ? { error: field.error } : {})}
      help={channels.length === 0 ? 'There is no channel yet.' : undefined}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: the frame has the label already */}
      <div id={field.id} role="group" aria-label={label} tabIndex={-1} className="grid gap-1">
        {channels.map((channel) => (
          <Checkbox
            key={channel.id}
            label={`${channel.name}, ${channelKindWords[channel.kind]}${channel.isEnabled ? '' : ', off'}`}
            checked={chosen.includes(channel.id)}
            onChange={(event) =>
              field.onValue(
                (event.target.checked
                  ? [...chosen, channel.id]
                  : chosen.filter((id) => id !== channel.id)
                ).join(','),
              )
            }
          />
        ))}
      </div>
    </FieldFrame>
  );
}
