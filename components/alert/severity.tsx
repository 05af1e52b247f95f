import { Mark, type MarkName } from '#components/ui/mark.tsx';
import type { AlertSeverity } from '#lib/model/alert-rule.ts';
import { severityWords } from './rule-words.ts';

const marks: Readonly<Record<AlertSeverity, MarkName>> = {
  critical: 'critical',
  warning: 'warning',
  note: 'note',
};

/** Shape and word of a severity; the colour belongs to what is open now and not to a rule. */
export function SeverityMark({ severity, isHollow }: { severity: AlertSeverity; isHollow?: boolean }) {
  return (
    <span className={isHollow ? 'text-ink-2' : undefined}>
      {isHollow ? null : <Mark name={marks[severity]} />} {severityWords[severity]}
    </span>
  );
}
