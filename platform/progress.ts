const startedAt = performance.now();
const interactive = process.stdout.isTTY === true;

const seconds = (sinceMs: number) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/** Seconds since this program was started, as text. */
export const elapsed = (): string => seconds(startedAt);

/** Prints one line as it is. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Runs one step and shows its name, then its time and an optional remark (what `run` returns when it is text).
 * On a terminal the running time counts up on the line. A failure is passed on.
 */
export async function step<T>(title: string, run: () => Promise<T> | T): Promise<T> {
  const from = performance.now();
  const draw = () => process.stdout.write(`\r\x1b[2K… ${title} ${seconds(from)}`);
  const timer = interactive ? setInterval(draw, 500) : undefined;
  if (interactive) draw();
  const end = (sign: string, remark: string) => {
    clearInterval(timer);
    process.stdout.write(`${interactive ? '\r\x1b[2K' : ''}${sign} ${title} ${seconds(from)}${remark}\n`);
  };
  try {
    const value = await run();
    end('✓', typeof value === 'string' && value !== '' ? ` · ${value}` : '');
    return value;
  } catch (error) {
    end('✗', '');
    throw error;
  }
}
