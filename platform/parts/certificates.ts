import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../machine/run.ts';
import { PlatformProblem } from '../problem.ts';

/** Where a platform's certificates lie. All PEM, keys as PKCS#8. */
export function certificatePaths(dataDir: string) {
  const dir = join(dataDir, 'tls');
  return {
    dir,
    /** The authority that signed all others: what a client must trust. */
    authority: join(dir, 'ca.crt'),
    /** Key and chain of the brokers in one file, as Kafka's PEM key store wants it. */
    brokerKeyStore: join(dir, 'broker.pem'),
    /** Client certificates by the user they stand for. */
    clientCertificate: (user: string) => join(dir, `${user}.crt`),
    clientKey: (user: string) => join(dir, `${user}.key`),
    /** An authority that signed nothing here: for tests of a wrong trust. */
    strangerAuthority: join(dir, 'stranger-ca.crt'),
  };
}

export const certificateUsers = ['admin', 'app'];
const validDays = '3650';

async function openssl(args: string[], cwd: string): Promise<void> {
  const result = await run('openssl', args, { cwd }).catch(() => null);
  if (result === null) throw new PlatformProblem('openssl is missing; run: apt-get install -y openssl');
  if (result.code !== 0) throw new PlatformProblem(`openssl ${args[0]} failed: ${result.stderr.trim()}`);
}

async function makeAuthority(dir: string, name: string, subject: string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
  await openssl(
    ['req', '-x509', ...key, '-out', `${name}.crt`, '-days', validDays, '-subj', `/CN=${subject}`],
    dir,
  );
}

async function makeCertificate(dir: string, name: string, extension: string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
  await openssl(['req', ...key, '-out', `${name}.csr`, '-subj', `/CN=${name}`], dir);
  writeFileSync(join(dir, `${name}.ext`), extension);
  const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
  await openssl(
    ['x509', '-req', '-in', `${name}.csr`, ...signing, '-out', `${name}.crt`, '-days', validDays],
    dir,
  );
}

/** Makes an authority, one certificate for the brokers and one for each client user; does nothing when they are there. */
export async function ensureCertificates(dataDir: string): Promise<void> {
  const paths = certificatePaths(dataDir);
  if (existsSync(paths.dir)) return;
  const partial = `${paths.dir}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  await makeAuthority(partial, 'ca', 'Millrace platform authority');
  await makeAuthority(partial, 'stranger-ca', 'A stranger');
  await makeCertificate(
    partial,
    'broker',
    'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n',
  );
  for (const user of certificateUsers) await makeCertificate(partial, user, 'extendedKeyUsage=clientAuth\n');
  const chain = ['broker.key', 'broker.crt', 'ca.crt'].map((name) =>
    readFileSync(join(partial, name), 'utf8'),
  );
  writeFileSync(join(partial, 'broker.pem'), chain.join(''), { mode: 0o600 });
  renameSync(partial, paths.dir);
}
