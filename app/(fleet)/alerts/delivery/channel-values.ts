import {
  type AlertChannel,
  type ChannelConfig,
  type ChannelKind,
  type ChannelSecretField,
  channelKinds,
  channelKindWords,
  secretsOfKind,
} from '#lib/model/alert-channel.ts';
import type { Problem } from '#lib/model/problem.ts';

/** A channel as the fields of its form hold it. Secrets begin empty: what is set is not read back. */
export type ChannelValues = {
  name: string;
  kind: string;
  isEnabled: boolean;
  allowHttp: boolean;
  host: string;
  port: string;
  security: string;
  username: string;
  from: string;
  to: string;
  ca: string;
  apiUrl: string;
  teams: string;
  headerName: string;
  url: string;
  password: string;
  key: string;
  signingKey: string;
  headerValue: string;
};

export const kindChoices = channelKinds.map((value) => ({ value, label: channelKindWords[value] }));

export const securityChoices = [
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'tls', label: 'TLS from the first byte' },
  { value: 'none', label: 'None' },
];

const apiUrls: Partial<Record<ChannelKind, string>> = {
  pagerduty: 'https://events.pagerduty.com',
  opsgenie: 'https://api.opsgenie.com',
};

export function valuesOf(channel: AlertChannel | null): ChannelValues {
  const config = channel?.config;
  const email = config?.kind === 'email' ? config : null;
  return {
    name: channel?.name ?? '',
    kind: config?.kind ?? 'email',
    isEnabled: channel?.isEnabled ?? true,
    allowHttp: channel?.allowHttp ?? false,
    host: email?.host ?? '',
    port: String(email?.port ?? 587),
    security: email?.security ?? 'starttls',
    username: email?.username ?? '',
    from: email?.from ?? '',
    to: email?.to.join(', ') ?? '',
    ca: (config && 'ca' in config ? config.ca : undefined) ?? '',
    apiUrl: config && 'apiUrl' in config ? config.apiUrl : '',
    teams: config?.kind === 'opsgenie' ? config.teams.join(', ') : '',
    headerName: config?.kind === 'webhook' ? config.headerName : '',
    url: '',
    password: '',
    key: '',
    signingKey: '',
    headerValue: '',
  };
}

const list = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter(Boolean);

function configOf(values: ChannelValues): ChannelConfig {
  const kind = values.kind as ChannelKind;
  const ca = values.ca.trim() === '' ? {} : { ca: values.ca };
  const apiUrl = values.apiUrl.trim() || apiUrls[kind] || '';
  switch (kind) {
    case 'email':
      return {
        kind,
        host: values.host,
        port: Number(values.port),
        security: values.security as 'tls' | 'starttls' | 'none',
        username: values.username,
        ...ca,
        from: values.from,
        to: list(values.to),
      };
    case 'slack':
    case 'teams':
      return { kind };
    case 'pagerduty':
      return { kind, apiUrl };
    case 'opsgenie':
      return { kind, apiUrl, teams: list(values.teams) };
    case 'webhook':
      return { kind, headerName: values.headerName, ...ca };
  }
}

/** What the form sends. A secret that was left empty is not sent: it stays as it is. */
export function toInput(values: ChannelValues) {
  const fields = Object.keys(secretsOfKind[values.kind as ChannelKind]) as ChannelSecretField[];
  return {
    name: values.name,
    isEnabled: values.isEnabled,
    allowHttp: values.allowHttp,
    config: configOf(values),
    secrets: Object.fromEntries(
      fields.filter((field) => values[field] !== '').map((field) => [field, values[field]]),
    ),
  };
}

/** Fields of the input stand deeper than those of the form: `config.host` is `host`, `config.to.1` is `to`. */
export function toFormProblem(problem: Problem): Problem {
  if (!problem.fields) return problem;
  const flat = Object.entries(problem.fields).map(([path, message]) => {
    const [head = '', ...rest] = path.split('.');
    return [head === 'config' || head === 'secrets' ? (rest[0] ?? head) : head, message] as const;
  });
  return { ...problem, fields: Object.fromEntries(flat) };
}
