'use client';

import { SelectField, TextareaField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Bank } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { IncidentMatch } from '#lib/model/alert-route.ts';
import type { IncidentRow } from '#lib/model/incident-view.ts';
import { createSilenceAction } from './actions.ts';
import { type Clusters, MatchFields, matchValues, toMatch } from './match-fields.tsx';

const lengths = [
  { value: '30', label: '30 min' },
  { value: '60', label: '1 h' },
  { value: '240', label: '4 h' },
  { value: '720', label: '12 h' },
  { value: '1440', label: '1 day' },
  { value: '4320', label: '3 days' },
  { value: '10080', label: '7 days' },
];

/** Names become patterns, and a comma or a star in one must not mean others. */
const asPattern = (name: string): string => name.replace(/[,*]+/g, '*');

/** What a silence of one incident means: this rule, on this cluster, for this subject. */
export const matchOf = (incident: Pick<IncidentRow, 'clusterId' | 'ruleName' | 'subject'>): IncidentMatch =>
  IncidentMatch.parse({
    clusters: [incident.clusterId],
    rules: asPattern(incident.ruleName),
    subjects: incident.subject === '' ? '*' : asPattern(incident.subject),
  });

/** Holds back what is told of some alerts until an end, for a reason. */
export function SilenceSheet({
  match,
  clusters,
  onClose,
  onDone,
}: {
  /** What it begins with; null while it is closed. */
  match: IncidentMatch | null;
  clusters: Clusters;
  onClose: () => void;
  onDone: () => void;
}) {
  return (
    <Sheet
      isOpen={match !== null}
      onClose={onClose}
      kind="plan"
      title="Silence alerts"
      description="Alerts still open, are shown and kept. Nobody is told until the silence ends; what is open then is told."
    >
      {match ? <SilenceForm match={match} clusters={clusters} onClose={onClose} onDone={onDone} /> : null}
    </Sheet>
  );
}

function SilenceForm({
  match,
  clusters,
  onClose,
  onDone,
}: {
  match: IncidentMatch;
  clusters: Clusters;
  onClose: () => void;
  onDone: () => void;
}) {
  const form = useActionForm({
    initial: { ...matchValues(match), reason: '', minutes: '60' },
    toInput: ({ reason, minutes, ...values }) => ({
      match: toMatch(values),
      reason,
      minutes: Number(minutes),
    }),
    action: createSilenceAction,
    onDone: () => {
      showToast({ outcome: 'good', title: 'Silenced. It ends by itself.' });
      onDone();
      onClose();
    },
  });
  return (
    <Form
      form={form}
      submit="Silence alerts"
      problemTitle="Not silenced."
      cancel={<Button onClick={onClose}>Keep telling</Button>}
    >
      <Bank title="Which alerts" isPadded>
        <div className="grid gap-4">
          <MatchFields form={form} clusters={clusters} />
        </div>
      </Bank>
      <Bank title="Until when and why" isPadded>
        <div className="grid gap-4">
          <SelectField field={form.field('minutes')} label="For" options={lengths} />
          <TextareaField
            field={form.field('reason')}
            label="Reason"
            help="Whoever wonders at night why nobody was told reads this."
            rows={2}
          />
        </div>
      </Bank>
    </Form>
  );
}
