import { TextareaField } from '#components/forms/fields.tsx';
import type { FieldsProps } from './cluster-form.tsx';
import { ServiceAccessFields } from './service-access-fields.tsx';

/** Where the workers of Kafka Connect are and how one signs in there. */
export function ConnectFields(props: FieldsProps) {
  const { connectUrls } = props.form.values;
  return (
    <>
      <TextareaField
        field={props.form.field('connectUrls')}
        label="Worker addresses"
        help="Of one Connect cluster, one a line. One is enough; the next is asked when it does not answer."
        placeholder="https://connect-1.example.com:8083"
        isOptional
        isMono
        rows={2}
      />
      {connectUrls.trim() === '' ? null : (
        <ServiceAccessFields
          {...props}
          service="connect"
          noun="Connect workers"
          addresses={connectUrls}
          readable="States of connectors"
        />
      )}
    </>
  );
}
