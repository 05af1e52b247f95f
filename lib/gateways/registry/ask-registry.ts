import { AppError } from '#lib/errors/app-error.ts';
import { authorizationOf, type FetchService, messageIn } from '#lib/gateways/egress/ask-service.ts';
import { type EgressResponse, egressFetch } from '#lib/gateways/egress/egress-fetch.ts';
import type { ClusterRegistry, ClusterSecrets } from '#lib/model/cluster.ts';

export type RegistrySettings = {
  registry: ClusterRegistry;
  secrets: Pick<ClusterSecrets, 'registryPassword' | 'registryToken'>;
  /** The egress guard unless a test brings its own. */
  fetch?: FetchService;
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
  const { registry, secrets, fetch = egressFetch } = settings;
  try {
    return await fetch(`${registry.url.replace(/\/+$/, '')}${path}`, {
      headers: {
        accept: 'application/vnd.schemaregistry.v1+json, application/json',
        ...authorizationOf({
          auth: registry.auth,
          secrets: { password: secrets.registryPassword, token: secrets.registryToken },
        }),
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
