import { hash, verify } from '@node-rs/argon2';
import { AppError } from '#lib/errors/app-error.ts';
import { registry } from '#lib/process.ts';

/** OWASP's first recommendation: 19 MiB, two passes, one lane. `2` is argon2id; the package's enum does not exist at run time. */
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** At most this many hashes at once: each takes a core and 19 MiB, and the cluster's readings need the other core (R7). */
const atOnce = 2;
const queueLimit = 400;

type Queue = { running: number; waiting: (() => void)[] };

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const queue = registry<Queue>('password-hashes', () => ({ running: 0, waiting: [] }));
  if (queue.running >= atOnce) {
    if (queue.waiting.length >= queueLimit) throw new AppError('auth.busy', { retryAfterSeconds: 10 });
    await new Promise<void>((turn) => queue.waiting.push(turn));
  } else queue.running += 1;
  try {
    return await work();
  } finally {
    const next = queue.waiting.shift();
    if (next) next();
    else queue.running -= 1;
  }
}

/**
 * argon2id in PHC string format.
 * @throws AppError `auth.busy` when too many wait already.
 */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(password.normalize('NFKC'), options));

/** Whether the password is the one that was hashed. A hash that cannot be read matches nothing. */
export const verifyPassword = (phc: string, password: string): Promise<boolean> =>
  inTurn(() => verify(phc, password.normalize('NFKC')).catch(() => false));
