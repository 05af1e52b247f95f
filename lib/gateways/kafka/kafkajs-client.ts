import { connect as connectPlain, isIP, type LookupFunction } from 'node:net';
import { checkServerIdentity, connect as connectTls } from 'node:tls';
import { Kafka, type KafkaConfig, logLevel, type SASLOptions } from 'kafkajs';
import { log } from '#lib/log.ts';
import type { HostPort } from '#lib/model/cluster.ts';
import type { ClusterContext } from './wire/context.ts';
import { connectTimeoutMs, tlsServerName, tlsSettings, userOf } from './wire/settings.ts';

type RequestQueue = {
  pending: unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
};

const patched = Symbol.for('millrace.kafkajs.patched');

type Patchable = { scheduleCheckPendingRequests(this: RequestQueue): void; [patched]?: true };

/**
 * kafkajs 2.2.4 re-arms a timer with a negative delay each millisecond on an idle connection (25 ms CPU per second
 * and connection, and a warning on Node 24). A check is only needed while requests are pending.
 */
export function patchIdleTimer(): void {
  const prototype = loadedRequestQueue();
  if (!prototype) {
    log.warn('kafka.producer', { reason: 'kafkajs has no request queue where it was expected: not patched' });
    return;
  }
  if (prototype[patched]) return;
  prototype[patched] = true;
  prototype.scheduleCheckPendingRequests = function scheduleCheckPendingRequests() {
    if (this.throttleCheckTimeoutId || this.pending.length === 0) return;
    const throttledMs = this.throttledUntil - Date.now();
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      throttledMs > 0 ? throttledMs : 10,
    );
  };
}

/**
 * The class that kafkajs itself uses, from the modules that are loaded: resolving a path anew could give another copy
 * where this file has been bundled.
 */
function loadedRequestQueue(): (RequestQueue & Patchable) | undefined {
  const { cache } = process.getBuiltinModule('node:module').createRequire(`${process.cwd()}/`);
  const path = Object.keys(cache).find((one) => /kafkajs.src.network.requestQueue.index\.js$/.test(one));
  return (cache[path ?? '']?.exports as { prototype: RequestQueue & Patchable } | undefined)?.prototype;
}

/** A kafkajs client for writing: same address check, TLS and credentials as the wire, quick to give up. */
export function kafkajsFor(context: ClusterContext, brokers: readonly HostPort[]): Kafka {
  patchIdleTimer();
  const config: KafkaConfig = {
    clientId: context.clientId,
    brokers: brokers.map(({ host, port }) => (isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`)),
    connectionTimeout: connectTimeoutMs,
    authenticationTimeout: connectTimeoutMs,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 },
    logLevel: logLevel.ERROR,
    logCreator: quietLog,
    socketFactory: socketFactory(context),
  };
  const sasl = saslOf(context);
  if (sasl) config.sasl = sasl;
  if (context.connection.tls.enabled) config.ssl = true;
  return new Kafka(config);
}

/** The errors that callers get say more; the log keeps one line in ten seconds, with names and no content. */
const quietLog: NonNullable<KafkaConfig['logCreator']> = () => {
  let nextAt = 0;
  return ({ log: entry }) => {
    if (performance.now() < nextAt) return;
    nextAt = performance.now() + 10_000;
    log.warn('kafka.producer', { reason: entry.message, broker: (entry as { broker?: unknown }).broker });
  };
};

function saslOf({ connection, secrets, token }: ClusterContext): SASLOptions | undefined {
  const { mechanism } = connection.sasl;
  if (mechanism === 'none') return undefined;
  if (mechanism === 'OAUTHBEARER') {
    return { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: await token() }) };
  }
  const credentials = { username: userOf(connection), password: secrets.password ?? '' };
  if (mechanism === 'PLAIN') return { mechanism: 'plain', ...credentials };
  if (mechanism === 'SCRAM-SHA-256') return { mechanism: 'scram-sha-256', ...credentials };
  return { mechanism: 'scram-sha-512', ...credentials };
}

/** Opens sockets to checked addresses only: the check is the name lookup, also where the host is an address. */
function socketFactory(context: ClusterContext): NonNullable<KafkaConfig['socketFactory']> {
  const { connection, secrets } = context;
  const settings = tlsSettings(connection, secrets);
  return ({ host, port, onConnect }) => {
    const bare = host.replace(/^\[|\]$/g, '');
    const lookup: LookupFunction = (_name, options, callback) => {
      context.checkAddress(bare, port).then(
        ({ address }) => {
          const family = isIP(address);
          if (options.all) callback(null, [{ address, family }]);
          else callback(null, address, family);
        },
        (error: Error) => callback(error, '', 0),
      );
    };
    // A name that is no address, so that the lookup is always asked.
    const common = { host: 'checked.invalid', port, lookup };
    const serverName = tlsServerName(connection, bare);
    const expected = connection.tls.serverName ?? bare;
    const socket = settings
      ? connectTls(
          {
            ...common,
            ...settings,
            ...(serverName ? { servername: serverName } : {}),
            checkServerIdentity: (_name, certificate) => checkServerIdentity(expected, certificate),
          },
          onConnect,
        )
      : connectPlain(common, onConnect);
    socket.setKeepAlive(true, 60_000);
    return socket;
  };
}
