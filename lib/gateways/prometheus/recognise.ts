import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { type KnownBean, knownBeans, knownJvm } from './known-beans.ts';
import type { Sample } from './read-samples.ts';

/** What a sample says: a number as it is, or a count of which the rate per second is wanted, times `scale`. */
export type Reading = {
  kind: SeriesKind;
  /** Of several ways to know a kind, the lowest is the best. */
  rank: number;
  how: 'gauge' | 'counter';
  value: number;
  /** What the sample's own number was multiplied by. */
  scale: number;
};

type Candidate = {
  kind: SeriesKind;
  rank: number;
  how: 'gauge' | 'counter' | 'idle';
  scale: number;
  /** Labels it must have, by their name in lower case; values are compared as names are. */
  needs: readonly (readonly [string, string])[];
  /** Whether a quantile must not stand beside it: some rule sets give counts and quantiles one name. */
  isWhole: boolean;
};

/** Rule sets spell names with capitals, in snake case, or in lower case: all of these are one. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * All names under which the exporters' rule sets give what we know: the exporter's own default (the bean's name as a label), the
 * rules for Kafka that come with it, which Strimzi's follow (`…bytesin_total`, a label `quantile`), Confluent's (`…bytesinpersec`), and
 * Bitnami's (`…bytesinpersec_count`).
 */
function candidatesByName(): Map<string, Candidate[]> {
  const found = new Map<string, Candidate[]>();
  const add = (name: string, candidate: Candidate) => {
    const known = found.get(name);
    if (known) known.push(candidate);
    else found.set(name, [candidate]);
  };
  for (const bean of knownBeans) {
    for (const { name, ...rest } of spellingsOf(bean)) {
      const request = bean.request ? ([['request', plain(bean.request)]] as const) : [];
      add(name, { kind: bean.kind, scale: 1, ...rest, needs: [...request, ...rest.needs] });
    }
  }
  for (const { kind, name, as, label, scale, rank } of knownJvm)
    add(name, { kind, rank, how: as, scale, needs: label ? [label] : [], isWhole: true });
  return found;
}

type Spelling = Omit<Candidate, 'kind' | 'scale'> & { name: string };

function spellingsOf(bean: KnownBean): Spelling[] {
  const stem = plain(`kafka${bean.domain}${bean.type}`);
  const full = plain(bean.name);
  const short = full.replace(/persec$/, '');
  const names = [...new Set([full, short])];
  const rank = bean.rank * 10;
  const named = [['name', full]] as const;
  const joined = (endings: readonly string[], how: Spelling['how'], at: number): Spelling[] =>
    names.flatMap((name) =>
      endings.map((ending) => ({ name: `${stem}${name}${ending}`, how, rank: at, needs: [], isWhole: true })),
    );
  const labelled = (ending: string, how: Spelling['how'], at: number): Spelling => {
    return { name: `${stem}${ending}`, how, rank: at, needs: named, isWhole: true };
  };
  const rates = ['oneminuterate', 'oneminuteratealltopics', '1minuterate', 'rate'];
  if (bean.as === 'gauge') return [labelled('value', 'gauge', rank), ...joined(['value', ''], 'gauge', rank)];
  if (bean.as === 'idle') {
    return [
      labelled('oneminuterate', 'gauge', rank),
      ...joined([...rates, 'total'], 'idle', rank + 1),
      labelled('count', 'counter', rank + 2),
      ...joined(['count', '', 'value'], 'idle', rank + 3),
    ].map((spelling) => (spelling.how === 'counter' ? { ...spelling, how: 'idle' } : spelling));
  }
  if (bean.as === 'meter') {
    return [
      labelled('count', 'counter', rank),
      ...joined(['count', 'total', 'counttotal', 'countalltopics', ''], 'counter', rank + 1),
      labelled('oneminuterate', 'gauge', rank + 2),
      ...joined(rates, 'gauge', rank + 3),
    ];
  }
  const percent = bean.as.slice(1);
  const quantile = [['quantile', plain(`0.${percent}`)]] as const;
  return [
    labelled(`${percent}thpercentile`, 'gauge', rank),
    ...joined([`${percent}thpercentile`, `p${percent}`], 'gauge', rank + 1),
    { name: `${stem}${full}`, how: 'gauge', rank: rank + 2, needs: quantile, isWhole: false },
  ];
}

const byName = candidatesByName();

/** Names as they were met, with what they may mean: an endpoint tells the same names each time. */
const met = new Map<string, readonly Candidate[] | null>();
const MET = 50_000;

function candidatesFor(name: string): readonly Candidate[] | null {
  let known = met.get(name);
  if (known === undefined) {
    if (met.size >= MET) met.clear();
    known = byName.get(plain(name)) ?? null;
    met.set(name, known);
  }
  return known;
}

/** Whether samples of this name may say something we know. */
export const isKnownName = (name: string): boolean => candidatesFor(name) !== null;

/** All names we know, without capitals and underscores. */
export const knownNames = (): string[] => [...byName.keys()];

/** What a sample says, null when it is none of ours. Numbers of one topic are none: the whole broker's are wanted. */
export function recognise({ name, labels, value }: Sample): Reading | null {
  const candidates = candidatesFor(name);
  if (!candidates || !Number.isFinite(value)) return null;
  const of = (wanted: string): string | undefined => {
    for (const [label, text] of labels) if (label.toLowerCase() === wanted) return text;
    return undefined;
  };
  if (of('topic')) return null;
  for (const { kind, rank, how, scale, needs, isWhole } of candidates) {
    if (isWhole && of('quantile') !== undefined) continue;
    if (needs.some(([label, text]) => plain(of(label) ?? '') !== text)) continue;
    if (how !== 'idle') return { kind, rank, how, value: value * scale, scale };
    // A share is at most 1, of a few processors a little more; what is larger are nanoseconds of idleness since the start.
    return value <= 2
      ? { kind, rank, how: 'gauge', value: Math.min(value, 1), scale: 1 }
      : { kind, rank, how: 'counter', value: value / 1e9, scale: 1e-9 };
  }
  return null;
}

/** What one broker said, put together: sums of what it tells in parts (by version of a request, by garbage collector). */
export class BrokerReadings {
  readonly #best = new Map<SeriesKind, Reading>();

  add(reading: Reading | null): void {
    if (!reading) return;
    const known = this.#best.get(reading.kind);
    if (!known || reading.rank < known.rank || (reading.rank === known.rank && reading.how !== known.how)) {
      if (!known || reading.rank < known.rank) this.#best.set(reading.kind, { ...reading });
      return;
    }
    if (reading.rank > known.rank) return;
    known.value = isTime(reading.kind) ? Math.max(known.value, reading.value) : known.value + reading.value;
  }

  all(): Reading[] {
    return [...this.#best.values()];
  }
}

const isTime = (kind: SeriesKind): boolean => /-p\d+$/.test(kind) || kind === 'broker.controller-queue';
