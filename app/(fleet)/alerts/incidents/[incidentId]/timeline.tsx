import { Mark, type MarkName } from '#components/ui/mark.tsx';
import { DateTime } from '#components/values/time.tsx';
import type { AlertEvent, AlertEventKind } from '#lib/model/alert-incident.ts';

const marks: Readonly<Record<AlertEventKind, [MarkName, string]>> = {
  opened: ['critical', 'Began'],
  resolved: ['ok', 'Resolved'],
  acknowledged: ['work', 'Acknowledged'],
  noted: ['note', 'Note'],
  silenced: ['off', 'Silenced'],
  sent: ['good', 'Sent'],
  repeated: ['good', 'Sent again'],
  escalated: ['warning', 'Escalated'],
  failed: ['critical', 'Not delivered'],
};

/** What happened to an alert, and who did it. */
export function Timeline({ events }: { events: readonly AlertEvent[] }) {
  return (
    <ol className="grid gap-3" aria-label="Timeline">
      {events.map((event) => {
        const [mark, word] = marks[event.kind];
        return (
          <li key={event.id} className="flex gap-2">
            <span className="pt-1">
              <Mark name={mark} word={word} />
            </span>
            <div className="min-w-0 wrap-anywhere">
              {event.text}
              <div className="text-xs text-ink-3">
                <DateTime at={event.at} />
                {event.actor ? `, ${event.actor}` : ''}
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
