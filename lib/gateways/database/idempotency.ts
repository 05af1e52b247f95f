import { AppError } from '#lib/errors/app-error.ts';
import { canonical } from './audit-chain.ts';
import { guard, pool } from './client.ts';

/** A request that must be carried out once, however often it arrives. */
export type OnceRequest = {
  /** Who asks: the keys of two people never meet. */
  scope: string;
  /** Made by the browser for one press of a button. */
  key: string;
  action: string;
  /** SHA-256 of the parsed input, hex. */
  inputHash: string;
};

export type FirstAnswer = { operationId: string | null; result: unknown };

/** An answer is remembered for a day. A request whose process died is forgotten after ten minutes. */
const rememberFor = '24 hours';
const forgetUnfinishedAfter = '10 minutes';

/**
 * Claims a request (F8). Of several that arrive at once, exactly one gets `undefined` and carries it out.
 * @returns the first answer when it was carried out before
 * @throws AppError `idempotency.running` while the first is under way; `idempotency.reused` when the key came with
 * another request
 */
export async function claimRequest(request: OnceRequest): Promise<FirstAnswer | undefined> {
  const { scope, key, action, inputHash } = request;
  const claimed = await guard(() =>
    pool().query(
      `INSERT INTO idempotency_keys AS k (scope, key, action, input_hash, expires_at)
       VALUES ($1, $2, $3, $4, now() + $5::interval)
       ON CONFLICT (scope, key) DO UPDATE SET action = excluded.action, input_hash = excluded.input_hash,
         state = 'started', operation_id = NULL, result = NULL, created_at = now(), expires_at = excluded.expires_at
       WHERE k.expires_at < now() RETURNING 1`,
      [scope, key, action, inputHash, forgetUnfinishedAfter],
    ),
  );
  if (claimed.rowCount) return undefined;
  const { rows } = await guard(() =>
    pool().query<{
      action: string;
      input_hash: string;
      state: string;
      operation_id: string | null;
      result: unknown;
    }>('SELECT * FROM idempotency_keys WHERE scope = $1 AND key = $2', [scope, key]),
  );
  const first = rows[0];
  if (first && (first.action !== action || first.input_hash !== inputHash)) {
    throw new AppError('idempotency.reused');
  }
  if (first?.state !== 'finished') throw new AppError('idempotency.running');
  return { operationId: first.operation_id, result: first.result };
}

/** Remembers the answer. It must not hold a secret: it is given again to whoever sends the same key. */
export async function finishRequest(
  request: Pick<OnceRequest, 'scope' | 'key'>,
  answer: FirstAnswer,
): Promise<void> {
  await guard(() =>
    pool().query(
      `UPDATE idempotency_keys SET state = 'finished', operation_id = $3, result = $4, expires_at = now() + $5::interval
       WHERE scope = $1 AND key = $2`,
      [request.scope, request.key, answer.operationId, JSON.stringify(canonical(answer.result)), rememberFor],
    ),
  );
}

/** Gives a claim back when nothing was done, so that the same key may be tried again. */
export async function releaseRequest(request: Pick<OnceRequest, 'scope' | 'key'>): Promise<void> {
  await guard(() =>
    pool().query(`DELETE FROM idempotency_keys WHERE scope = $1 AND key = $2 AND state = 'started'`, [
      request.scope,
      request.key,
    ]),
  );
}

/** Removes what has expired. */
export async function purgeRequests(): Promise<number> {
  const { rowCount } = await guard(() =>
    pool().query('DELETE FROM idempotency_keys WHERE expires_at < now()'),
  );
  return rowCount ?? 0;
}
