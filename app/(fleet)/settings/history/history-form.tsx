'use client';

import { useRouter } from 'next/navigation';
import { TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Bank } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { type HistoryState, UpdateHistoryInput } from '#lib/model/history.ts';
import { configureHistoryAction } from './actions.ts';

/** For how long numbers are kept, in three stretches, and what they may take. */
export function HistoryForm({ state }: { state: HistoryState }) {
  const router = useRouter();
  const { scrapeHours, minuteDays, quarterDays, maxGigabytes } = state.settings;
  const form = useActionForm({
    initial: {
      scrapeHours: String(scrapeHours),
      minuteDays: String(minuteDays),
      quarterDays: String(quarterDays),
      maxGigabytes: String(maxGigabytes),
    },
    toInput: (values) => ({ ...values, version: state.version }),
    schema: UpdateHistoryInput,
    action: configureHistoryAction,
    onDone: () => {
      showToast({ outcome: 'good', title: 'History is kept as set from now on.' });
      router.refresh();
    },
  });
  return (
    <Form form={form} submit="Keep changes" problemTitle="Not changed.">
      <Bank title="How long" isPadded>
        <div className="grid gap-4">
          <div className="grid-2">
            <TextField
              field={form.field('scrapeHours')}
              label="Every reading"
              help="A number every five seconds, 1 to 48 hours."
              suffix="hours"
              inputMode="numeric"
            />
            <TextField
              field={form.field('minuteDays')}
              label="A number a minute"
              help="1 to 60 days."
              suffix="days"
              inputMode="numeric"
            />
          </div>
          <div className="grid-2">
            <TextField
              field={form.field('quarterDays')}
              label="A number every 15 minutes"
              help="1 to 400 days; events of clusters are kept as long."
              suffix="days"
              inputMode="numeric"
            />
            <TextField
              field={form.field('maxGigabytes')}
              label="At most"
              help="Beyond it the oldest is removed early."
              suffix="GB"
              inputMode="decimal"
            />
          </div>
          <p className="max-w-[68ch] text-ink-3">
            What is kept for a shorter time than now is removed at once and cannot be brought back.
          </p>
        </div>
      </Bank>
    </Form>
  );
}
