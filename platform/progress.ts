const startedAt = performance.now();
const interactive = process.stdout.isTTY === true;

const seconds = (sinceMs: number) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/** Seconds since this program was started, as text. */
export const elapsed = (): string => seconds(startedAt);

/** Prints one line as it is. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Steps under way, in the order in which they began: several may run side by side and share the one moving line. */
const running: { title: string; from: number }[] = [];
let timer: NodeJS.Timeout | undefined;

const clear = () => (interactive ? '\r\x1b[2K' : '');

function draw(): void {
  if (!interactive) return;
  const titles = running.map(({ title, from }) => `${title} ${seconds(from)}`).join(' · ');
  process.stdout.write(running.length === 0 ? clear() : `${clear()}… ${titles}`);
}

/**
 * Runs one step and shows its name, then its time and an optional remark (what `run` returns when it is text).
 * On a terminal the running time counts up on the last line. A failure is passed on.
 */
export async function step<T>(title: string, run: () => Promise<T> | T): Promise<T> {
  const entry = { title, from: performance.now() };
  running.push(entry);
  if (interactive) timer ??= setInterval(draw, 500);
  draw();
  const end = (sign: string, remark: string) => {
    running.splice(running.indexOf(entry), 1);
    process.stdout.write(`${clear()}${sign} ${title} ${seconds(entry.from)}${remark}\n`);
    if (running.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    draw();
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
