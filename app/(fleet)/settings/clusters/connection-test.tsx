import { type MarkName, State } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';

/** What the connection test answers, step by step. */
export type TestAnswer = {
  ok: boolean;
  address: string;
  clusterId: string | null;
  brokers: number;
  steps: {
    name: string;
    outcome: 'ok' | 'warning' | 'failed' | 'skipped';
    durationMs: number;
    sentence: string;
    next: string | null;
  }[];
};

const names: Record<string, string> = {
  dns: 'Name',
  tcp: 'Port',
  tls: 'TLS',
  sasl: 'Sign-in',
  versions: 'Versions',
  rights: 'Rights',
  brokers: 'All brokers',
  registry: 'Schema registry',
  metrics: 'Metrics',
  canary: 'Canary',
  connect: 'Kafka Connect',
};

const marks: Record<TestAnswer['steps'][number]['outcome'], [MarkName, string]> = {
  ok: ['good', 'Passed'],
  warning: ['warning', 'Passed with a warning'],
  failed: ['critical', 'Failed'],
  skipped: ['off', 'Not tried'],
};

/** The walk of a connection test: each step with its result and time, and the one sentence that says what to fix. */
export function ConnectionTestView({ test, isTesting }: { test: TestAnswer | null; isTesting: boolean }) {
  if (isTesting) {
    return (
      <p className="py-2 text-ink-3" role="status">
        Walking from the name to the rights. At most 20 s.
      </p>
    );
  }
  if (!test) return null;
  const failed = test.steps.find((step) => step.outcome === 'failed');
  return (
    <div className="mt-3" role="status">
      {failed ? (
        <Notice tone="critical" title={failed.sentence}>
          {failed.next}
        </Notice>
      ) : (
        <Notice tone="good" title={`Connected through ${test.address}.`}>
          {test.brokers === 1 ? '1 broker' : `${test.brokers} brokers`}
          {test.clusterId ? `, cluster id ${test.clusterId}` : ''}.
        </Notice>
      )}
      <table className="dt two mt-2">
        <caption className="vh">Steps of the connection test</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Result</th>
            <th scope="col">What was found</th>
            <th scope="col" className="num">
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {test.steps.map((step) => (
            <tr key={step.name}>
              <td>{names[step.name] ?? step.name}</td>
              <td>
                <State mark={marks[step.outcome][0]}>{marks[step.outcome][1]}</State>
              </td>
              <td className="whitespace-normal!">
                {step.sentence}
                {step.next && step !== failed ? <div className="text-xs text-ink-3">{step.next}</div> : null}
              </td>
              <td className="num">{step.outcome === 'skipped' ? '' : `${Math.round(step.durationMs)} ms`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
