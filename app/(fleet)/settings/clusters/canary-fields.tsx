import { CheckField, TextField } from '#components/forms/fields.tsx';
import type { FieldsProps } from './cluster-form.tsx';

/** The canary: off unless somebody wants it, because it writes to the cluster. */
export function CanaryFields({ form }: FieldsProps) {
  return (
    <>
      <CheckField
        field={form.field('canary')}
        label="Canary"
        help="Millrace creates a topic of its own with a partition led by each broker, writes a small record to each and reads it back: how long the way takes, and whether it is open."
        isSwitch
      />
      {form.values.canary ? (
        <div className="grid-2">
          <TextField
            field={form.field('canaryTopic')}
            label="Topic of the canary"
            help="One that does not exist yet, and nobody else should write to it. Records are deleted after an hour; the topic stays when the canary is switched off."
            isMono
          />
          <TextField
            field={form.field('canarySeconds')}
            label="Seconds between records"
            help="To each broker, 0.5 to 60."
            isMono
          />
        </div>
      ) : null}
    </>
  );
}
