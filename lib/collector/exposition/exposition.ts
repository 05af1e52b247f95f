import { setImmediate as nextTurn } from 'node:timers/promises';

export type Labels = Readonly<Record<string, string | number>>;
export type Sample = { labels: Labels; value: number };

/**
 * One metric with all its samples. The name of a counter ends in `_total` and that of an info in `_info`, as their samples
 * are called; unknown (NaN) samples are left out.
 */
export type Family = {
  name: string;
  type: 'gauge' | 'counter' | 'info';
  help: string;
  samples: () => Iterable<Sample>;
};

/** The two forms a scraper may ask for: OpenMetrics 1.0, and the Prometheus text format from before it. */
export type Form = 'openmetrics' | 'text';

export const contentTypes: Readonly<Record<Form, string>> = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  text: 'text/plain; version=0.0.4; charset=utf-8',
};

/** OpenMetrics when the scraper says that it reads it. */
export const formOf = (accept: string | null): Form =>
  accept?.includes('application/openmetrics-text') ? 'openmetrics' : 'text';

/** Characters of one piece: what is written before others get a turn. */
const pieceLength = 65_536;

/** Families as text, piece by piece: a large cluster is tens of megabytes. A family without samples is left out. */
export async function* expose(families: Iterable<Family>, form: Form): AsyncGenerator<string> {
  let piece = '';
  for (const family of families) {
    let isTold = false;
    for (const { labels, value } of family.samples()) {
      if (Number.isNaN(value)) continue;
      if (!isTold) piece += headOf(family, form);
      isTold = true;
      piece += `${family.name}${labelText(labels)} ${numberText(value)}\n`;
      if (piece.length >= pieceLength) {
        yield piece;
        piece = '';
        await nextTurn();
      }
    }
  }
  yield form === 'openmetrics' ? `${piece}# EOF\n` : piece;
}

function headOf({ name, type, help }: Family, form: Form): string {
  // OpenMetrics names a family without the ending of its samples; the older format knows no info.
  const told = form === 'openmetrics' ? name.replace(/_(total|info)$/, '') : name;
  const as = form === 'text' && type === 'info' ? 'gauge' : type;
  const family = type === 'gauge' ? name : told;
  return `# HELP ${family} ${escaped(help)}\n# TYPE ${family} ${as}\n`;
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

const escaped = (text: string): string =>
  text.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));

const numberText = (value: number): string =>
  value === Number.POSITIVE_INFINITY ? '+Inf' : value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
