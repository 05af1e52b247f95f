import { RadioField, TextareaField, TextField } from '#components/forms/fields.tsx';
import type { FieldsProps } from './cluster-form.tsx';
import { ServiceAccessFields } from './service-access-fields.tsx';
import { metricsChoices } from './source-values.ts';

/** What tells the numbers of the brokers' inside. */
export function MetricsFields(props: FieldsProps) {
  const { form } = props;
  const { metricsKind, metricsTemplate, metricsBrokers, metricsUrl } = form.values;
  const addresses = metricsKind === 'server' ? metricsUrl : `${metricsTemplate}\n${metricsBrokers}`;
  return (
    <>
      <RadioField field={form.field('metricsKind')} label="Source" options={metricsChoices} />
      {metricsKind === 'endpoints' ? <EndpointFields {...props} /> : null}
      {metricsKind === 'server' ? <ServerFields {...props} /> : null}
      {metricsKind !== 'none' && addresses.trim() !== '' ? (
        <ServiceAccessFields
          {...props}
          service="metrics"
          noun="metrics source"
          addresses={addresses}
          readable="Numbers"
        />
      ) : null}
    </>
  );
}

function EndpointFields({ form }: FieldsProps) {
  return (
    <>
      <TextField
        field={form.field('metricsTemplate')}
        label="Address of every broker"
        help="{host} stands for the host that a broker advertises, {id} for its id."
        placeholder="http://{host}:7071/metrics"
        isOptional
        isMono
      />
      <TextareaField
        field={form.field('metricsBrokers')}
        label="Addresses of single brokers"
        help="A broker’s id and its address a line, for those that the one above does not lead to."
        placeholder="1 http://10.0.0.11:7071/metrics"
        isOptional
        isMono
        rows={3}
      />
    </>
  );
}

function ServerFields({ form }: FieldsProps) {
  return (
    <>
      <TextField
        field={form.field('metricsUrl')}
        label="Server address"
        help="The address under which /api/v1/query stands."
        placeholder="https://prometheus.example.com"
        isMono
      />
      <TextField
        field={form.field('metricsSelector')}
        label="Series of this cluster"
        help="Label matchers that only its brokers’ series meet."
        placeholder={'job="kafka", cluster="prod"'}
        isMono
      />
      <TextField
        field={form.field('metricsLabel')}
        label="Label that names the broker"
        help="Its value holds the broker’s id or host: instance, pod, broker_id."
        isMono
      />
      <TextareaField
        field={form.field('metricsMatches')}
        label="Values of that label"
        help="A broker’s id and the value a line, where the value does not tell the broker by itself."
        placeholder="1 10.0.0.11:7071"
        isOptional
        isMono
        rows={2}
      />
    </>
  );
}
