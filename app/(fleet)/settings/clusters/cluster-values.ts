import type {
  ClusterConnection,
  ClusterSasl,
  ClusterSecrets,
  Environment,
  SaslMechanism,
} from '#lib/model/cluster.ts';
import type { ClusterRecord } from '#lib/model/cluster-record.ts';
import type { Problem } from '#lib/model/problem.ts';
import { type SourceValues, sourceField, sourcesOf, sourceValuesOf } from './source-values.ts';

/** A cluster as the form edits it: which secrets are set, never what they are. */
export type EditedCluster = ClusterRecord & { secretsSet: { field: string; updatedAt: string }[] };

/** What the fields of the form hold: flat, as text. */
export type ClusterValues = SourceValues & {
  name: string;
  id: string;
  environment: string;
  readOnly: boolean;
  bootstrap: string;
  tls: boolean;
  ca: string;
  certificate: string;
  privateKey: string;
  serverName: string;
  mechanism: string;
  username: string;
  password: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
};

export const environmentChoices = [
  { value: 'production', label: 'Production', help: 'Names are typed before anything is deleted.' },
  { value: 'staging', label: 'Staging' },
  { value: 'development', label: 'Development' },
];

export const mechanismChoices: { value: SaslMechanism; label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'SCRAM-SHA-512', label: 'SASL SCRAM-SHA-512' },
  { value: 'SCRAM-SHA-256', label: 'SASL SCRAM-SHA-256' },
  { value: 'PLAIN', label: 'SASL PLAIN' },
  { value: 'OAUTHBEARER', label: 'SASL OAUTHBEARER, client credentials' },
];

/** The id a name suggests: `EU prod 1` → `eu-prod-1`. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);

export function valuesOf(cluster: EditedCluster | null): ClusterValues {
  const sasl = cluster?.connection.sasl;
  const tls = cluster?.connection.tls;
  return {
    name: cluster?.name ?? '',
    id: cluster?.id ?? '',
    environment: cluster?.environment ?? 'production',
    readOnly: cluster?.readOnly ?? false,
    bootstrap: cluster?.connection.bootstrap.map(({ host, port }) => `${host}:${port}`).join('\n') ?? '',
    tls: tls?.enabled ?? false,
    ca: tls?.ca ?? '',
    certificate: tls?.certificate ?? '',
    privateKey: '',
    serverName: tls?.serverName ?? '',
    mechanism: sasl?.mechanism ?? 'none',
    username: sasl && 'username' in sasl ? sasl.username : '',
    password: '',
    tokenUrl: sasl?.mechanism === 'OAUTHBEARER' ? sasl.tokenUrl : '',
    clientId: sasl?.mechanism === 'OAUTHBEARER' ? sasl.clientId : '',
    clientSecret: '',
    scope: (sasl?.mechanism === 'OAUTHBEARER' ? sasl.scope : '') ?? '',
    ...sourceValuesOf(cluster?.connection),
  };
}

type Input = {
  id: string;
  name: string;
  environment: Environment;
  readOnly: boolean;
  connection: ClusterConnection;
  secrets: ClusterSecrets;
};

/** The input of the verbs. Nothing is judged here: the server names the field that is wrong. */
export function toInput(values: ClusterValues, cluster: EditedCluster | null): Input {
  const filled = <K extends string>(key: K, text: string) =>
    text.trim() === '' ? {} : ({ [key]: text } as Record<K, string>);
  return {
    id: cluster?.id ?? (values.id.trim() || slugOf(values.name)),
    name: values.name,
    environment: values.environment as Environment,
    readOnly: values.readOnly,
    connection: {
      bootstrap: bootstrapOf(values.bootstrap),
      tls: {
        enabled: values.tls,
        ...(values.tls
          ? {
              ...filled('ca', values.ca),
              ...filled('certificate', values.certificate),
              ...filled('serverName', values.serverName),
            }
          : {}),
      },
      sasl: saslOf(values),
      ...sourcesOf(values),
    },
    secrets: {
      ...filled('password', values.password),
      ...filled('clientSecret', values.clientSecret),
      ...filled('privateKey', values.privateKey),
      ...filled('registryPassword', values.registryPassword),
      ...filled('registryToken', values.registryToken),
      ...filled('metricsPassword', values.metricsPassword),
      ...filled('metricsToken', values.metricsToken),
      ...filled('connectPassword', values.connectPassword),
      ...filled('connectToken', values.connectToken),
    },
  };
}

/** `host:port` pairs as typed; the port defaults to 9092. What is not a pair goes to the server as it is, to be named. */
function bootstrapOf(text: string): ClusterConnection['bootstrap'] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((part) => {
      const match = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(part);
      return match ? { host: match[1]!, port: Number(match[2] ?? 9092) } : { host: part, port: 0 };
    });
}

function saslOf(values: ClusterValues): ClusterSasl {
  const mechanism = values.mechanism as SaslMechanism;
  if (mechanism === 'none') return { mechanism };
  if (mechanism !== 'OAUTHBEARER') return { mechanism, username: values.username };
  return {
    mechanism,
    tokenUrl: values.tokenUrl,
    clientId: values.clientId,
    ...(values.scope ? { scope: values.scope } : {}),
  };
}

/** The same problem with its fields under the names that the form has: `connection.tls.ca` is `ca` here. */
export function toFormProblem(problem: Problem): Problem {
  if (!problem.fields) return problem;
  const fields: Record<string, string> = {};
  for (const [path, words] of Object.entries(problem.fields)) {
    const parts = path.split('.');
    const known = path.startsWith('connection.bootstrap')
      ? 'bootstrap'
      : sourceField(path.replace(/^connection\./, ''));
    const name = known ?? parts.at(-1) ?? path;
    fields[name] ??= words;
  }
  return { ...problem, fields };
}
