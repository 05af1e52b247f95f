import { AppError } from '#lib/errors/app-error.ts';
import { type EgressRequest, type EgressResponse, egressFetch } from '#lib/gateways/egress/egress-fetch.ts';
import type { ClusterRegistry, ClusterSecrets } from '#lib/model/cluster.ts';

/** How a registry is asked over HTTP; the egress guard unless a test brings its own. */
export type FetchRegistry = (url: string, request: EgressRequest) => Promise<EgressResponse>;

export type RegistrySettings = {
  registry: ClusterRegistry;
  secrets: Pick<ClusterSecrets, 'registryPassword' | 'registryToken'>;
  fetch?: FetchRegistry;
  /** For one request, in milliseconds. */
  timeoutMs?: number;
  /** For a schema with all its references, in milliseconds. */
  schemaMs?: number;
};

const MAX_BYTES = 5_000_000;
const TIMEOUT_MS = 5_000;

/** The host of the registry, as sentences name it. */
export const hostOf = ({ registry }: RegistrySettings): string => new URL(registry.url).host;

/**
 * Asks the registry one question of its API.
 * @param what names what is asked for, as in "The schema registry has no schema 12".
 * @throws AppError `registry.not-found`, `registry.denied`, `registry.refused`, `registry.unreadable` or `registry.unreachable`.
 */
export async function askRegistry(
  settings: RegistrySettings,
  path: string,
  what: string,
  signal?: AbortSignal,
): Promise<unknown> {
  const host = hostOf(settings);
  const { status, body } = await fetchFrom(settings, path, host, signal);
  if (status === 401 || status === 403) throw new AppError('registry.denied', { host, status });
  if (status === 404) throw new AppError('registry.not-found', { host, what });
  if (status < 200 || status > 299) {
    throw new AppError('registry.refused', { host, status, message: messageIn(body) });
  }
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    const reason = /^\s*</.test(body.toString('latin1', 0, 64))
      ? 'a page of HTML'
      : 'something that is not JSON';
    throw new AppError('registry.unreadable', { host, reason }, { cause });
  }
}

async function fetchFrom(
  settings: RegistrySettings,
  path: string,
  host: string,
  signal: AbortSignal | undefined,
): Promise<EgressResponse> {
  const { registry, fetch = egressFetch } = settings;
  try {
    return await fetch(`${registry.url.replace(/\/+$/, '')}${path}`, {
      headers: {
        accept: 'application/vnd.schemaregistry.v1+json, application/json',
        ...authorization(settings),
      },
      allowHttp: registry.allowHttp,
      ...(registry.ca === undefined ? {} : { ca: registry.ca }),
      timeoutMs: settings.timeoutMs ?? TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AppError) || !error.code.startsWith('egress.')) throw error;
    if (error.code === 'egress.refused') throw error;
    throw new AppError(
      'registry.unreachable',
      { host, reason: error.facts.reason ?? 'the connection failed' },
      { cause: error },
    );
  }
}

function authorization({ registry, secrets }: RegistrySettings): Record<string, string> {
  const { auth } = registry;
  if (auth.kind === 'none') return {};
  if (auth.kind === 'bearer') return { authorization: `Bearer ${secrets.registryToken ?? ''}` };
  const pair = Buffer.from(`${auth.username}:${secrets.registryPassword ?? ''}`, 'utf8').toString('base64');
  return { authorization: `Basic ${pair}` };
}

/** What the registry says of its refusal, where it says it as its API does: one short line. */
function messageIn(body: Buffer): string {
  if (body.length > 10_000) return '';
  try {
    const { message } = JSON.parse(body.toString('utf8')) as { message?: unknown };
    if (typeof message !== 'string') return '';
    return message
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, 200);
  } catch {
    return '';
  }
}
