import { readFileSync } from 'node:fs';
import { logPath } from './machine/processes.ts';
import type { RunResult } from './machine/run.ts';
import { certificatePaths } from './parts/certificates.ts';
import { credentials } from './parts/credentials.ts';
import { PlatformProblem } from './problem.ts';
import { brokerIds, type Environment, loopback, platformPorts, readSettings } from './settings.ts';
import { runKafkaTool } from './witness.ts';

export { credentials } from './parts/credentials.ts';

const addresses = (port: (broker: number) => number) => brokerIds.map((id) => `${loopback}:${port(id)}`);

/**
 * A running platform as tests and programs see it: addresses, users, certificates, and Kafka's own tools as witness.
 * Reads `MILLRACE_PLATFORM_PORT` and `MILLRACE_PLATFORM_DIR` from `env`; starts nothing.
 */
export function platformHandle(env: Environment = process.env) {
  const settings = readSettings(env);
  const ports = platformPorts(settings.basePort);
  const tls = certificatePaths(settings.dataDir);
  const bootstrap = addresses(ports.plaintext);
  return {
    settings,
    ports,
    /** PLAINTEXT listeners of brokers 1–3; anonymous there is a super user. */
    bootstrap,
    /** SASL_PLAINTEXT, SCRAM-SHA-256 and SCRAM-SHA-512. */
    saslBootstrap: addresses(ports.saslPlaintext),
    /** SASL_SSL: SCRAM-SHA-256, SCRAM-SHA-512, PLAIN, and OAUTHBEARER with the tokens of `parts/token-issuer.ts`. */
    saslSslBootstrap: addresses(ports.saslSsl),
    /** SSL; a client certificate is required and its common name is the user. */
    sslBootstrap: addresses(ports.ssl),
    registryUrl: `http://${loopback}:${ports.registry}/apis/ccompat/v7`,
    connectUrl: `http://${loopback}:${ports.connect}`,
    jmxUrls: brokerIds.map((id) => `http://${loopback}:${ports.jmx(id)}/metrics`),
    /** Users of the SASL listeners. */
    credentials,
    /** PEM texts for TLS clients. Read when asked for. */
    tls: {
      authority: () => readFileSync(tls.authority, 'utf8'),
      strangerAuthority: () => readFileSync(tls.strangerAuthority, 'utf8'),
      clientCertificate: (user: 'admin' | 'app') => readFileSync(tls.clientCertificate(user), 'utf8'),
      clientKey: (user: 'admin' | 'app') => readFileSync(tls.clientKey(user), 'utf8'),
    },
    /** Where the output of a part goes, e.g. `broker-1`. */
    logPath: (name: string) => logPath({ dataDir: settings.dataDir, name }),
    /**
     * Runs one of Kafka's own tools by class against this platform's brokers; `--bootstrap-server` is added unless given.
     * Rejects with the tool's own words when it exits with another code than 0.
     */
    async cli(
      className: string,
      args: string[],
      options: { input?: string; timeoutMs?: number } = {},
    ): Promise<RunResult> {
      const where = args.some((arg) => arg.startsWith('--bootstrap-'))
        ? []
        : ['--bootstrap-server', bootstrap.join(',')];
      const result = await runKafkaTool(settings, className, [...where, ...args], options);
      if (result.code === 0) return result;
      throw new PlatformProblem(
        `${className} ended with ${result.code}: ${(result.stderr || result.stdout).trim()}`,
      );
    },
  };
}

export type PlatformHandle = ReturnType<typeof platformHandle>;
