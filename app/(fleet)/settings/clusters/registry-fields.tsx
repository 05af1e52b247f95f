'use client';

import { CheckField, SelectField, TextareaField, TextField } from '#components/forms/fields.tsx';
import type { FieldsProps } from './cluster-form.tsx';
import { registryAuthChoices } from './cluster-values.ts';

/** Where the schema registry of a cluster is and how one signs in there. */
export function RegistryFields({ form, kept }: FieldsProps) {
  const { values } = form;
  const isSet = values.registryUrl.trim() !== '';
  const isHttp = /^http:/i.test(values.registryUrl.trim());
  return (
    <>
      <TextField
        field={form.field('registryUrl')}
        label="Registry address"
        help="Of a registry that speaks Confluent’s API: the address under which /subjects stands."
        isOptional
        isMono
      />
      {isSet && (isHttp || values.registryHttp) ? (
        <CheckField
          field={form.field('registryHttp')}
          label="Allow plain http"
          help="Schemas, and the sign-in where there is one, can be read on the way."
          isSwitch
        />
      ) : null}
      {isSet && !isHttp ? (
        <TextareaField
          field={form.field('registryCa')}
          label="CA certificates of the registry"
          help="PEM. Empty means the public authorities."
          isOptional
          isMono
          rows={3}
        />
      ) : null}
      {isSet ? (
        <SelectField
          field={form.field('registryAuth')}
          label="Authentication at the registry"
          options={registryAuthChoices}
        />
      ) : null}
      {isSet && values.registryAuth === 'basic' ? (
        <div className="grid-2">
          <TextField
            field={form.field('registryUsername')}
            label="User of the registry"
            isMono
            autoComplete="off"
          />
          <TextField
            field={form.field('registryPassword')}
            label="Password of the registry"
            type="password"
            help={kept('registryPassword') ?? 'Sealed, and never shown again.'}
            autoComplete="new-password"
          />
        </div>
      ) : null}
      {isSet && values.registryAuth === 'bearer' ? (
        <TextField
          field={form.field('registryToken')}
          label="Token of the registry"
          type="password"
          help={kept('registryToken') ?? 'Sealed, and never shown again.'}
          autoComplete="new-password"
        />
      ) : null}
    </>
  );
}
