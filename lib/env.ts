import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { registry } from './process.ts';

/** Keys that stand in examples all over the world; with one of them every secret is public. */
const knownKeys = new Set([
  `${'A'.repeat(43)}=`,
  Buffer.from('0123456789abcdef0123456789abcdef').toString('base64'),
]);

const flag = z
  .enum(['0', '1', 'false', 'true', ''])
  .default('0')
  .transform((value) => value === '1' || value === 'true');

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** The address people type, without a path. Cookies, CSRF checks and links are made from it. */
  PUBLIC_ORIGIN: z.url().optional(),
  /** Comma-separated CIDRs of proxies whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.string().default(''),
  /** Further Host names this server answers to, comma-separated. */
  ALLOWED_HOSTS: z.string().default(''),
  DATABASE_URL: z.string().optional(),
  MILLRACE_DATA_DIR: z.string().default('.data/millrace'),
  /** Folder with the sources that worker threads are started from. */
  MILLRACE_ROOT: z.string().default(process.cwd()),
  /** Master keys, newest first: `id:base64` of 32 bytes each, comma-separated. */
  MILLRACE_KEYS: z.string().optional(),
  MILLRACE_KEYS_FILE: z.string().optional(),
  MILLRACE_CLUSTERS_FILE: z.string().optional(),
  MILLRACE_READ_ONLY: flag,
  MILLRACE_EGRESS_ALLOW: z.string().default(''),
  /** Further addresses that alerts may be sent to, such as a mail server in a private network; written as MILLRACE_EGRESS_ALLOW is. */
  MILLRACE_NOTIFY_ALLOW: z.string().default(''),
  MILLRACE_SAMPLE_MS: z.coerce.number().int().min(1000).max(300_000).default(5000),
  MILLRACE_SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
  MILLRACE_SESSION_HOURS: z.coerce.number().int().min(1).max(168).default(12),
});

export type Env = Readonly<
  z.infer<typeof Environment> & { publicOrigin: URL; keys: { id: string; key: Buffer }[] }
>;

/** Thrown when the server must not start. The message is one sentence for the person who starts it. */
export class RefusedToStart extends Error {
  override name = 'RefusedToStart';
}

/**
 * The environment of the process, checked. In production it refuses to start without a master key,
 * with a short or well-known one, without PUBLIC_ORIGIN, and with an http origin other than localhost (R12).
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = Environment.safeParse(source);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new RefusedToStart(`${issue.path.join('.')} is not valid: ${issue.message}.`);
  }
  const values = parsed.data;
  const isProduction = values.NODE_ENV === 'production';
  if (isProduction && !values.PUBLIC_ORIGIN) {
    throw new RefusedToStart(
      'PUBLIC_ORIGIN is missing: set it to the address people open, such as https://millrace.example.com.',
    );
  }
  const publicOrigin = new URL(values.PUBLIC_ORIGIN ?? `http://localhost:${values.PORT}`);
  if (publicOrigin.pathname !== '/' || publicOrigin.search || publicOrigin.username) {
    throw new RefusedToStart('PUBLIC_ORIGIN must be an origin only: scheme, host and port.');
  }
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(publicOrigin.hostname);
  if (publicOrigin.protocol !== 'https:' && !(publicOrigin.protocol === 'http:' && isLocal)) {
    throw new RefusedToStart('PUBLIC_ORIGIN must be https: plain http is accepted for localhost only.');
  }
  const keys = parseKeys(
    values.MILLRACE_KEYS_FILE ? readKeys(values.MILLRACE_KEYS_FILE) : (values.MILLRACE_KEYS ?? ''),
  );
  if (isProduction && keys.length === 0) {
    throw new RefusedToStart(
      'The master key is missing: set MILLRACE_KEYS or MILLRACE_KEYS_FILE, for example to k1:$(openssl rand -base64 32).',
    );
  }
  return { ...values, publicOrigin, keys };
}

function readKeys(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new RefusedToStart(`MILLRACE_KEYS_FILE cannot be read: ${path}.`);
  }
}

function parseKeys(text: string): { id: string; key: Buffer }[] {
  return text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => {
      const match = /^([A-Za-z0-9_-]{1,16}):([A-Za-z0-9+/]+={0,2})$/.exec(entry);
      const key = match ? Buffer.from(match[2]!, 'base64') : Buffer.alloc(0);
      if (!match || key.length !== 32) {
        throw new RefusedToStart(
          'A master key must look like k1:BASE64 with exactly 32 bytes; a shorter one can be guessed.',
        );
      }
      if (knownKeys.has(match[2]!) || new Set(key).size < 8) {
        throw new RefusedToStart(
          `Master key ${match[1]} is a well-known example: make your own with openssl rand -base64 32.`,
        );
      }
      return { id: match[1]!, key };
    });
}

/** The environment of this process, parsed once. */
export const env = (): Env => registry('env', () => parseEnv(process.env));
