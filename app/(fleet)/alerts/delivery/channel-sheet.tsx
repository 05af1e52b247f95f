'use client';

import { useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { CheckField, SelectField, TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { noAnswer, useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import type { AlertChannel } from '#lib/model/alert-channel.ts';
import type { ActionResult, Problem } from '#lib/model/problem.ts';
import { createChannelAction, testChannelAction, updateChannelAction } from './actions.ts';
import { ChannelFields } from './channel-fields.tsx';
import { type ChannelValues, kindChoices, toFormProblem, toInput, valuesOf } from './channel-values.ts';

/** Adds a channel, or changes one. It can be tried before anything is kept. */
export function ChannelSheet({
  channel,
  onClose,
  onDone,
}: {
  channel: AlertChannel | 'new' | null;
  onClose: () => void;
  onDone: () => void;
}) {
  return (
    <Sheet
      isOpen={channel !== null}
      onClose={onClose}
      kind="plan"
      title={channel === 'new' || channel === null ? 'Add channel' : `Edit ${channel.name}`}
      description="Where alerts go. Secrets are sealed, and never shown again."
    >
      {channel === null ? null : (
        <ChannelForm channel={channel === 'new' ? null : channel} onClose={onClose} onDone={onDone} />
      )}
    </Sheet>
  );
}

function ChannelForm({
  channel,
  onClose,
  onDone,
}: {
  channel: AlertChannel | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const form = useActionForm<ChannelValues, ReturnType<typeof toInput>, { name: string }>({
    initial: valuesOf(channel),
    toInput,
    action: async (input, once): Promise<ActionResult<{ name: string }>> => {
      const result = channel
        ? await updateChannelAction({ ...input, id: channel.id, version: channel.version }, once)
        : await createChannelAction(input, once);
      return result.ok ? result : { ...result, problem: toFormProblem(result.problem) };
    },
    onDone: ({ name }) => {
      showToast({
        outcome: 'good',
        title: channel ? 'Changes are kept.' : `${name} was added. A route leads alerts to it.`,
      });
      onDone();
      onClose();
    },
  });
  const { values } = form;
  return (
    <Form
      form={form}
      submit={channel ? 'Keep changes' : 'Add channel'}
      problemTitle={channel ? 'Not changed.' : 'Not added.'}
      cancel={<Button onClick={onClose}>Leave as it is</Button>}
    >
      <Bank title="Channel" isPadded>
        <div className="grid gap-4">
          <div className="grid-2">
            <TextField
              field={form.field('name')}
              label="Name"
              help="As routes and timelines call it."
              hasFocus={!channel}
            />
            <SelectField field={form.field('kind')} label="Kind" options={kindChoices} />
          </div>
          <CheckField
            field={form.field('isEnabled')}
            label="On"
            help="Off: nothing is sent over it; what is open is told when it is on again."
            isSwitch
          />
        </div>
      </Bank>
      <Bank title="Where it leads" isPadded>
        <div className="grid gap-4">
          <ChannelFields
            form={form}
            secretsSet={channel && channel.kind === values.kind ? channel.secretsSet : []}
          />
          {values.kind === 'email' ? null : (
            <CheckField
              field={form.field('allowHttp')}
              label="Allow plain http"
              help="What is sent, the token of the address included, is then readable on the way."
            />
          )}
        </div>
      </Bank>
      <Trial values={values} id={channel?.id} />
    </Form>
  );
}

type Outcome = { note: string | null } | { problem: Problem };

/** Sends a trial as the form stands, by the way that alerts take. */
function Trial({ values, id }: { values: ChannelValues; id: string | undefined }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isPending, setPending] = useState(false);
  const run = async () => {
    setPending(true);
    setOutcome(null);
    const { config, secrets, allowHttp } = toInput(values);
    try {
      const result = await testChannelAction({ ...(id ? { id } : {}), config, secrets, allowHttp });
      setOutcome(result.ok ? { note: result.value.note } : { problem: result.problem });
    } catch {
      setOutcome({ problem: noAnswer });
    }
    setPending(false);
  };
  return (
    <Bank title="Try it" note="sends one message that says that nothing is wrong" isPadded>
      <div className="grid gap-3">
        <div>
          <Button onClick={() => void run()} isPending={isPending}>
            Send a trial
          </Button>
        </div>
        <div aria-live="polite">
          {outcome === null ? null : 'problem' in outcome ? (
            <ProblemLine
              problem={outcome.problem}
              title={Object.values(outcome.problem.fields ?? {}).join(' ') || 'Not sent.'}
            />
          ) : (
            <Notice tone={outcome.note ? 'warning' : 'good'} title="The receiver took it.">
              {outcome.note ?? 'Look there whether it arrived as it should.'}
            </Notice>
          )}
        </div>
      </div>
    </Bank>
  );
}
