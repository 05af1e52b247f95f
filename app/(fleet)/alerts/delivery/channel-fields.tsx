'use client';

import type { ReactNode } from 'react';
import { SelectField, TextareaField, TextField } from '#components/forms/fields.tsx';
import type { ActionForm } from '#components/forms/use-action-form.ts';
import type { ChannelSecretField } from '#lib/model/alert-channel.ts';
import { type ChannelValues, securityChoices } from './channel-values.ts';

type Props = { form: ActionForm<ChannelValues>; secretsSet: readonly ChannelSecretField[] };

/** The fields that a kind of channel has. */
export function ChannelFields({ form, secretsSet }: Props) {
  const kept = (field: ChannelSecretField, help: ReactNode = undefined): ReactNode =>
    secretsSet.includes(field) ? 'Set. Leave empty to keep it.' : help;
  switch (form.values.kind) {
    case 'email':
      return <EmailFields form={form} kept={kept} />;
    case 'slack':
      return (
        <AddressField
          form={form}
          help={kept('url', 'Address of an incoming webhook: https://hooks.slack.com/services/…')}
        />
      );
    case 'teams':
      return (
        <AddressField
          form={form}
          help={kept(
            'url',
            'Address of a workflow that posts to a channel when a webhook request is received.',
          )}
        />
      );
    case 'pagerduty':
      return (
        <div className="grid-2">
          <SecretField
            form={form}
            name="key"
            label="Integration key"
            help={kept('key', 'Of an Events API v2 integration.')}
          />
          <TextField
            field={form.field('apiUrl')}
            label="Service"
            placeholder="https://events.pagerduty.com"
            help="Another for accounts in the EU: https://events.eu.pagerduty.com"
            isOptional
            isMono
          />
        </div>
      );
    case 'opsgenie':
      return (
        <>
          <div className="grid-2">
            <SecretField
              form={form}
              name="key"
              label="API key"
              help={kept('key', 'Of an API integration.')}
            />
            <TextField
              field={form.field('apiUrl')}
              label="Service"
              placeholder="https://api.opsgenie.com"
              help="Another for accounts in the EU: https://api.eu.opsgenie.com"
              isOptional
              isMono
            />
          </div>
          <TextField
            field={form.field('teams')}
            label="Teams"
            help="Separated by commas. Empty leaves it to the rules of the service."
            isOptional
          />
        </>
      );
    default:
      return <WebhookFields form={form} kept={kept} />;
  }
}

type Kept = (field: ChannelSecretField, help?: ReactNode) => ReactNode;

const AddressField = ({ form, help }: { form: ActionForm<ChannelValues>; help: ReactNode }) => (
  <SecretField form={form} name="url" label="Address" help={help} />
);

const SecretField = ({
  form,
  name,
  label,
  help,
  isOptional,
}: {
  form: ActionForm<ChannelValues>;
  name: ChannelSecretField;
  label: string;
  help: ReactNode;
  isOptional?: boolean;
}) => (
  <TextField
    field={form.field(name)}
    label={label}
    help={help}
    type="password"
    autoComplete="new-password"
    isOptional={isOptional}
    isMono
  />
);

function EmailFields({ form, kept }: { form: ActionForm<ChannelValues>; kept: Kept }) {
  return (
    <>
      <div className="grid-2">
        <TextField field={form.field('host')} label="Mail server" placeholder="smtp.example.com" isMono />
        <TextField field={form.field('port')} label="Port" inputMode="numeric" />
      </div>
      <SelectField
        field={form.field('security')}
        label="Encryption"
        help={
          form.values.security === 'none'
            ? 'Alerts are readable on the way, and no password can be used.'
            : 'The certificate of the server is always verified.'
        }
        options={securityChoices}
      />
      <div className="grid-2">
        <TextField field={form.field('username')} label="User" isOptional isMono />
        <SecretField form={form} name="password" label="Password" help={kept('password')} isOptional />
      </div>
      <div className="grid-2">
        <TextField field={form.field('from')} label="From" placeholder="millrace@example.com" isMono />
        <TextField
          field={form.field('to')}
          label="To"
          help="Separated by commas."
          placeholder="on-call@example.com"
          isMono
        />
      </div>
      {form.values.security === 'none' ? null : <AuthorityField form={form} />}
    </>
  );
}

function WebhookFields({ form, kept }: { form: ActionForm<ChannelValues>; kept: Kept }) {
  return (
    <>
      <AddressField form={form} help={kept('url', 'It gets a POST with JSON for each message.')} />
      <SecretField
        form={form}
        name="signingKey"
        label="Signing key"
        help={kept(
          'signingKey',
          'At least 16 characters. X-Millrace-Signature is v1= and the HMAC-SHA-256 of X-Millrace-Timestamp, a dot and the body.',
        )}
        isOptional
      />
      <div className="grid-2">
        <TextField
          field={form.field('headerName')}
          label="Header"
          placeholder="Authorization"
          isOptional
          isMono
        />
        <SecretField form={form} name="headerValue" label="Its value" help={kept('headerValue')} isOptional />
      </div>
      <AuthorityField form={form} />
    </>
  );
}

const AuthorityField = ({ form }: { form: ActionForm<ChannelValues> }) => (
  <TextareaField
    field={form.field('ca')}
    label="Authority"
    help="PEM. Trusted for this channel instead of the public ones."
    isOptional
    isMono
    rows={2}
  />
);
