import { CheckField, SelectField, TextareaField, TextField } from '#components/forms/fields.tsx';
import type { FieldsProps } from './cluster-form.tsx';
import { authChoices, type Service } from './source-values.ts';

/** How a server beside Kafka is trusted and signed in at. */
export function ServiceAccessFields({
  form,
  kept,
  service,
  noun,
  addresses,
  readable,
}: FieldsProps & {
  service: Service;
  /** As its labels name it: "Password of the …". */
  noun: string;
  /** Where it is: plain http among these must be allowed. */
  addresses: string;
  /** What can be read on the way over plain http. */
  readable: string;
}) {
  const { values } = form;
  const isHttp = /\bhttp:\/\//i.test(addresses);
  const isHttps = /\bhttps:\/\//i.test(addresses);
  return (
    <>
      {isHttp || values[`${service}Http`] ? (
        <CheckField
          field={form.field(`${service}Http`)}
          label={service === 'registry' ? 'Allow plain http' : `Allow plain http to the ${noun}`}
          help={`${readable}, and the sign-in where there is one, can be read on the way.`}
          isSwitch
        />
      ) : null}
      {isHttps || !isHttp ? (
        <TextareaField
          field={form.field(`${service}Ca`)}
          label={`CA certificates of the ${noun}`}
          help="PEM. Empty means the public authorities."
          isOptional
          isMono
          rows={3}
        />
      ) : null}
      <SelectField
        field={form.field(`${service}Auth`)}
        label={`Authentication at the ${noun}`}
        options={authChoices}
      />
      {values[`${service}Auth`] === 'basic' ? (
        <div className="grid-2">
          <TextField
            field={form.field(`${service}Username`)}
            label={`User of the ${noun}`}
            isMono
            autoComplete="off"
          />
          <TextField
            field={form.field(`${service}Password`)}
            label={`Password of the ${noun}`}
            type="password"
            help={kept(`${service}Password`) ?? 'Sealed, and never shown again.'}
            autoComplete="new-password"
          />
        </div>
      ) : null}
      {values[`${service}Auth`] === 'bearer' ? (
        <TextField
          field={form.field(`${service}Token`)}
          label={`Token of the ${noun}`}
          type="password"
          help={kept(`${service}Token`) ?? 'Sealed, and never shown again.'}
          autoComplete="new-password"
        />
      ) : null}
    </>
  );
}
