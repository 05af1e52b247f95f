'use client';

import { TextareaField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import type { IncidentRow } from '#lib/model/incident-view.ts';
import { acknowledgeIncidentAction } from './actions.ts';

/** Says that one looks after an incident, with a note for those who come later. */
export function AcknowledgeDialog({
  incident,
  onClose,
  onDone,
}: {
  incident: Pick<IncidentRow, 'id' | 'summary'> | null;
  onClose: () => void;
  onDone: () => void;
}) {
  return (
    <Dialog
      isOpen={incident !== null}
      onClose={onClose}
      title="Acknowledge the alert"
      description="It is not told again and not escalated. Its end is told as usual."
    >
      {incident ? <AcknowledgeForm incident={incident} onClose={onClose} onDone={onDone} /> : null}
    </Dialog>
  );
}

function AcknowledgeForm({
  incident,
  onClose,
  onDone,
}: {
  incident: Pick<IncidentRow, 'id' | 'summary'>;
  onClose: () => void;
  onDone: () => void;
}) {
  const form = useActionForm({
    initial: { note: '' },
    toInput: ({ note }) => ({ id: incident.id, note }),
    action: acknowledgeIncidentAction,
    onDone: () => {
      showToast({ outcome: 'good', title: 'Acknowledged. Others see that you look after it.' });
      onDone();
      onClose();
    },
  });
  return (
    <div className="mt-3 grid gap-3">
      <p className="font-semibold wrap-anywhere">{incident.summary}</p>
      <Form
        form={form}
        submit="Acknowledge"
        problemTitle="Not acknowledged."
        cancel={<Button onClick={onClose}>Leave it open</Button>}
      >
        <TextareaField
          field={form.field('note')}
          label="Note"
          help="What you know, and what you do about it. It stands on the timeline."
          isOptional
          rows={3}
        />
      </Form>
    </div>
  );
}
