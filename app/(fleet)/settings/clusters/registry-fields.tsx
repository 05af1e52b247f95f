import { TextField } from '#components/forms/fields.tsx';
import type { FieldsProps } from './cluster-form.tsx';
import { ServiceAccessFields } from './service-access-fields.tsx';

/** Where the schema registry of a cluster is and how one signs in there. */
export function RegistryFields(props: FieldsProps) {
  const { registryUrl } = props.form.values;
  return (
    <>
      <TextField
        field={props.form.field('registryUrl')}
        label="Registry address"
        help="Of a registry that speaks Confluent’s API: the address under which /subjects stands."
        isOptional
        isMono
      />
      {registryUrl.trim() === '' ? null : (
        <ServiceAccessFields
          {...props}
          service="registry"
          noun="registry"
          addresses={registryUrl}
          readable="Schemas"
        />
      )}
    </>
  );
}
