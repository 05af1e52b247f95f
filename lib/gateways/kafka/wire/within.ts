/**
 * `work`, unless the time is up or the caller gives up first. The work itself goes on: it is the caller of this
 * function that must make its late end harmless. Rejects with the signal's reason, or with what `onTimeout` gives.
 */
export function within<T>(
  work: Promise<T>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  onTimeout: () => Error,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) {
      work.catch(() => undefined);
      reject(signal.reason);
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const onAbort = () => {
      end();
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        end();
        reject(onTimeout());
      },
      Math.max(0, timeoutMs),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
  });
}

/** Resolves after `ms`, rejects with the signal's reason when it is aborted before. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return within(promise, ms + 60_000, signal, () => new Error('late')).finally(() => clearTimeout(timer));
};
