'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { CheckField, RadioField, SelectField, TextareaField, TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Bank } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import type { ActionResult, Problem } from '#lib/model/problem.ts';
import { paths } from '#lib/paths.ts';
import { createClusterAction, testClusterAction, updateClusterAction } from './actions.ts';
import { CanaryFields } from './canary-fields.tsx';
import {
  type ClusterValues,
  type EditedCluster,
  environmentChoices,
  mechanismChoices,
  slugOf,
  toFormProblem,
  toInput,
  valuesOf,
} from './cluster-values.ts';
import { ConnectFields } from './connect-fields.tsx';
import { ConnectionTestView, type TestAnswer } from './connection-test.tsx';
import { MetricsFields } from './metrics-fields.tsx';
import { RegistryFields } from './registry-fields.tsx';

/** Adds a cluster, or changes how one is reached. The connection can be tested before anything is kept. */
export function ClusterForm({ cluster }: { cluster: EditedCluster | null }) {
  const router = useRouter();
  const isLocked = cluster?.source === 'file';
  const form = useActionForm<ClusterValues, ReturnType<typeof toInput>, { id: string }>({
    initial: valuesOf(cluster),
    toInput: (values) => toInput(values, cluster),
    action: async (input, once): Promise<ActionResult<{ id: string }>> => {
      const result = cluster
        ? await updateClusterAction({ ...input, version: cluster.version }, once)
        : await createClusterAction(input, once);
      return result.ok ? result : { ...result, problem: toFormProblem(result.problem) };
    },
    onDone: ({ id }) => {
      showToast({ outcome: 'good', title: cluster ? 'Changes are kept.' : 'Cluster added.' });
      router.push(cluster ? paths.settingsClusters() : paths.overview(id));
    },
  });
  const [test, setTest] = useState<TestAnswer | null>(null);
  const [testProblem, setTestProblem] = useState<Problem | null>(null);
  const [isTesting, setTesting] = useState(false);
  const runTest = async () => {
    setTesting(true);
    setTest(null);
    setTestProblem(null);
    const { connection, secrets } = toInput(form.values, cluster);
    const result = await testClusterAction({ ...(cluster ? { id: cluster.id } : {}), connection, secrets });
    setTesting(false);
    if (result.ok) setTest(result.value);
    else setTestProblem(result.problem);
  };
  const { values } = form;
  const hasSecret = (field: string) => cluster?.secretsSet.some((secret) => secret.field === field) ?? false;
  const kept = (field: string) => (hasSecret(field) ? 'Set. Leave empty to keep it.' : undefined);
  return (
    <div className="max-w-[760px]">
      <Form
        form={form}
        submit={cluster ? 'Keep changes' : 'Add cluster'}
        problemTitle={cluster ? 'Not changed.' : 'Not added.'}
        isDisabled={isLocked}
        {...(isLocked ? { why: 'Defined by the cluster file.' } : {})}
      >
        <Bank title="Cluster" isPadded>
          <div className="grid gap-4">
            <div className="grid-2">
              <TextField
                field={form.field('name')}
                label="Name"
                help="As people call it."
                hasFocus={!cluster}
                isDisabled={isLocked}
              />
              <TextField
                field={form.field('id')}
                label="Id"
                help={
                  cluster
                    ? 'Part of addresses; it stays.'
                    : `Part of addresses${values.name && !values.id ? `: ${slugOf(values.name)}` : ''}.`
                }
                isOptional={!cluster}
                isMono
                isDisabled={cluster !== null}
              />
            </div>
            <RadioField field={form.field('environment')} label="Environment" options={environmentChoices} />
            <CheckField
              field={form.field('readOnly')}
              label="Read-only"
              help="Every change of this cluster through Millrace is refused, whoever asks."
              isSwitch
              isDisabled={isLocked}
            />
          </div>
        </Bank>
        <Bank title="Connection" isPadded>
          <div className="grid gap-4">
            <TextareaField
              field={form.field('bootstrap')}
              label="Bootstrap servers"
              help="host:port, one a line or separated by commas. One is enough to begin; several survive a dead one."
              isMono
              rows={2}
              placeholder="broker-1.example.com:9092"
            />
            <CheckField
              field={form.field('tls')}
              label="TLS"
              help="Certificates are always verified, version 1.2 or later."
              isSwitch
            />
            {values.tls ? <TlsFields form={form} kept={kept} /> : null}
            <SelectField field={form.field('mechanism')} label="Authentication" options={mechanismChoices} />
            {values.mechanism === 'PLAIN' && !values.tls ? (
              <p className="er">Without TLS the password travels readable through the network.</p>
            ) : null}
            <SaslFields form={form} kept={kept} />
          </div>
        </Bank>
        <Bank title="Schema registry" note="optional: decodes Avro, Protobuf and JSON Schema" isPadded>
          <div className="grid gap-4">
            <RegistryFields form={form} kept={kept} />
          </div>
        </Bank>
        <Bank
          title="Metrics"
          note="optional: requests, times, queues and garbage collection of brokers"
          isPadded
        >
          <div className="grid gap-4">
            <MetricsFields form={form} kept={kept} />
          </div>
        </Bank>
        <Bank title="Canary" note="optional: what a record takes through each broker" isPadded>
          <div className="grid gap-4">
            <CanaryFields form={form} kept={kept} />
          </div>
        </Bank>
        <Bank title="Kafka Connect" note="optional: states of connectors and tasks" isPadded>
          <div className="grid gap-4">
            <ConnectFields form={form} kept={kept} />
          </div>
        </Bank>
        <Bank
          title="Test"
          note="name, port, TLS, sign-in, versions, rights, and the servers beside Kafka"
          isPadded
        >
          <Button onClick={() => void runTest()} isPending={isTesting}>
            Test connection
          </Button>
          {testProblem ? <ProblemLine problem={testProblem} title="Not tested." /> : null}
          <ConnectionTestView test={test} isTesting={isTesting} />
        </Bank>
      </Form>
    </div>
  );
}

export type FieldsProps = {
  form: ReturnType<typeof useActionForm<ClusterValues, ReturnType<typeof toInput>, { id: string }>>;
  kept: (field: string) => string | undefined;
};

function TlsFields({ form, kept }: FieldsProps) {
  return (
    <>
      <TextareaField
        field={form.field('ca')}
        label="CA certificates"
        help="PEM. Empty means the public authorities."
        isOptional
        isMono
        rows={3}
      />
      <TextareaField
        field={form.field('certificate')}
        label="Client certificate"
        help="PEM, for brokers that ask for one (mTLS)."
        isOptional
        isMono
        rows={3}
      />
      {form.values.certificate ? (
        <TextareaField
          field={form.field('privateKey')}
          label="Client key"
          help={kept('privateKey') ?? 'PEM, without a passphrase. Sealed, and never shown again.'}
          isMono
          rows={3}
        />
      ) : null}
      <TextField
        field={form.field('serverName')}
        label="Server name"
        help="When certificates carry another name than the host."
        isOptional
        isMono
      />
    </>
  );
}

function SaslFields({ form, kept }: FieldsProps) {
  const { mechanism } = form.values;
  if (mechanism === 'none') return null;
  if (mechanism === 'OAUTHBEARER') {
    return (
      <>
        <TextField
          field={form.field('tokenUrl')}
          label="Token endpoint"
          help="Of the identity provider, for client credentials."
          isMono
        />
        <div className="grid-2">
          <TextField field={form.field('clientId')} label="Client id" isMono autoComplete="off" />
          <TextField
            field={form.field('clientSecret')}
            label="Client secret"
            type="password"
            help={kept('clientSecret') ?? 'Sealed, and never shown again.'}
            autoComplete="new-password"
          />
        </div>
        <TextField field={form.field('scope')} label="Scope" isOptional isMono />
      </>
    );
  }
  return (
    <div className="grid-2">
      <TextField field={form.field('username')} label="User" isMono autoComplete="off" />
      <TextField
        field={form.field('password')}
        label="Password"
        type="password"
        help={kept('password') ?? 'Sealed, and never shown again.'}
        autoComplete="new-password"
      />
    </div>
  );
}
