import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { AppError } from '#lib/errors/app-error.ts';
import { log } from '#lib/log.ts';
import { registry } from '#lib/process.ts';
import { PrismaClient } from './generated/client.ts';

type Connection = { url: string; pool: pg.Pool; prisma: PrismaClient };

const slot = (): { connection: Connection | undefined } =>
  registry('database', () => ({ connection: undefined }));

/** Opens the one pool and the one Prisma client of this process. Connections are made when they are needed. */
export function openDatabase(url: string): void {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'millrace',
    max: 12,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    // Also where the server cannot keep its own limit, because nothing gets through to it any more.
    query_timeout: 35_000,
    keepAlive: true,
    idle_in_transaction_session_timeout: 30_000,
  });
  // A connection that breaks while nobody uses it must not end the process; the next query makes a new one.
  pool.on('error', (error) => log.warn('database.connection-lost', { reason: error.message }));
  const adapter = new PrismaPg(pool);
  slot().connection = { url, pool, prisma: new PrismaClient({ adapter, log: [], errorFormat: 'minimal' }) };
}

export async function closeDatabase(): Promise<void> {
  const { connection } = slot();
  slot().connection = undefined;
  await connection?.prisma.$disconnect();
  await connection?.pool.end();
}

const connection = (): Connection => {
  const { connection: open } = slot();
  if (!open) throw new AppError('database.unavailable', { reason: 'it was not opened' });
  return open;
};

export const isDatabaseOpen = (): boolean => slot().connection !== undefined;

/** Prisma, for the tables it has words for. Only for this folder and for the sign-in library's adapter. */
export const prisma = (): PrismaClient => connection().prisma;

/** PostgreSQL itself, for what is written in SQL: series, the audit chain, locks. */
export const pool = (): pg.Pool => connection().pool;

/** Runs `work` in one transaction on one connection; undone when it throws. */
export async function inTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return guard(async () => {
    const client = await pool().connect();
    // A connection that breaks says so by this event too; without a listener that would end the process.
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    client.on('error', onError);
    try {
      await client.query('BEGIN');
      const value = await work(client);
      await client.query('COMMIT');
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch(onError);
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  });
}

/** PostgreSQL's and the socket's words for: not there, starting, stopping, no more connections. */
const unavailable = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN'],
  ...['57P01', '57P02', '57P03', '08000', '08001', '08003', '08004', '08006', '53300', '53400'],
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037'],
]);

const silent =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Server has closed the connection|unexpected postmaster exit/i;

const isUnavailable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: unknown } };
  const { originalCode, kind } = (error.cause ?? {}) as { originalCode?: unknown; kind?: unknown };
  if ([code, originalCode].some((one) => unavailable.has(String(one)))) return true;
  if (['DatabaseNotReachable', 'ConnectionClosed', 'TooManyConnections'].includes(String(kind))) return true;
  return silent.test(error.message) || isUnavailable(error.cause) || isUnavailable(meta?.driverAdapterError);
};

/** PostgreSQL's code for no space left on its disk (F7). */
const isFull = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '53100';

/**
 * Runs a database call and turns "the server is not there" into `database.unavailable`, which pages answer with
 * 503 and a hint to try again (F5), and a full disk into `database.full`. Other errors pass: they are defects of ours.
 */
export async function guard<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof AppError) && isUnavailable(error)) {
      throw new AppError('database.unavailable', { retryAfterSeconds: 5 }, { cause: error });
    }
    if (!(error instanceof AppError) && isFull(error))
      throw new AppError('database.full', {}, { cause: error });
    throw error;
  }
}

/** How the connections of this process to the database stand; all zero while it is closed. */
export function poolState(): { total: number; idle: number; waiting: number } {
  const open = slot().connection?.pool;
  return { total: open?.totalCount ?? 0, idle: open?.idleCount ?? 0, waiting: open?.waitingCount ?? 0 };
}
