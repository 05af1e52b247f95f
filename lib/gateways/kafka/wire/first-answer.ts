import { AppError } from '#lib/errors/app-error.ts';

/** How long one broker may be silent before another is asked the same. */
const silenceMs = 2_000;

const noAnswer = new Set([
  'kafka.timeout',
  'kafka.connection-lost',
  'kafka.connect-timeout',
  'kafka.bad-frame',
]);

/**
 * The answer to `first`, or to the same question put to another broker when the first is lost or silent for two
 * seconds. When both fail, the reason of the first.
 */
export function firstAnswer<T>(first: Promise<T>, askAnother: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let another: Promise<T> | null = null;
    const ask = (): Promise<T> => {
      clearTimeout(timer);
      another ??= askAnother();
      another.then(resolve, () => undefined);
      return another;
    };
    const timer = setTimeout(() => void ask(), silenceMs);
    first.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        if (error instanceof AppError && noAnswer.has(error.code)) ask().catch(() => reject(error));
        else reject(error);
      },
    );
  });
}
