import { AppError } from '#lib/errors/app-error.ts';
import { forgiveAttempt, type ThrottleRule, takeAttempt } from '#lib/gateways/database/throttles.ts';
import { clientNetwork } from './client-address.ts';
import { hashToken } from './random-token.ts';

/** R8: failures per account, and per address, in five minutes; then delays that double up to fifteen minutes. */
const perAccount: ThrottleRule = {
  limit: 5,
  windowSeconds: 300,
  firstDelaySeconds: 30,
  maxDelaySeconds: 900,
};
const perAddress: ThrottleRule = {
  limit: 30,
  windowSeconds: 300,
  firstDelaySeconds: 60,
  maxDelaySeconds: 900,
};

export type Attempt = {
  /** To be called when the attempt was right. */
  succeeded: () => Promise<void>;
};

/**
 * Counts an attempt to get in before it is known how it ends. Accounts that do not exist are counted like those that do.
 * @param account what is tried, such as an e-mail address; null when only the address counts.
 * @throws AppError `auth.throttled` with the seconds to wait.
 */
export async function beginAttemptFrom(ip: string, account: string | null): Promise<Attempt> {
  const addressKey = `ip:${clientNetwork(ip)}`;
  const accountKey = account === null ? null : `account:${hashToken(account)}`;
  const addressWait = await takeAttempt(addressKey, perAddress);
  if (addressWait > 0) throw new AppError('auth.throttled', { retryAfterSeconds: addressWait });
  const accountWait = accountKey === null ? 0 : await takeAttempt(accountKey, perAccount);
  if (accountWait > 0) {
    // The account's delay is not the address's fault twice.
    await forgiveAttempt(addressKey, false);
    throw new AppError('auth.throttled', { retryAfterSeconds: accountWait });
  }
  return {
    succeeded: async () => {
      await forgiveAttempt(addressKey, false);
      if (accountKey !== null) await forgiveAttempt(accountKey, true);
    },
  };
}
