import { setImmediate } from 'node:timers/promises';

/** A line of an answer: its labels in their own spelling, escapes undone. */
export type Sample = { name: string; labels: ReadonlyMap<string, string>; value: number };

/** Bytes that are read before the event loop gets a turn. */
const SLICE = 262_144;

/**
 * Reads the text format of Prometheus and of OpenMetrics, in slices, so that an answer of 5 MB holds nobody up. Lines whose name is
 * not wanted are passed over without being taken apart; what is no sample is passed over too.
 * @returns how many lines were samples, wanted or not
 */
export async function readSamples(
  body: Buffer,
  isWanted: (name: string) => boolean,
  onSample: (sample: Sample) => void,
): Promise<number> {
  let samples = 0;
  let from = 0;
  while (from < body.length) {
    let to = Math.min(from + SLICE, body.length);
    if (to < body.length) {
      const end = body.indexOf(0x0a, to);
      to = end < 0 ? body.length : end + 1;
    }
    samples += readSlice(body.toString('utf8', from, to), isWanted, onSample);
    from = to;
    if (from < body.length) await setImmediate();
  }
  return samples;
}

function readSlice(
  text: string,
  isWanted: (name: string) => boolean,
  onSample: (sample: Sample) => void,
): number {
  let samples = 0;
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    const nameEnd = endOfName(text, at, end);
    if (nameEnd > at) {
      samples++;
      const name = text.slice(at, nameEnd);
      if (isWanted(name)) {
        const sample = readLine(name, text, nameEnd, end);
        if (sample) onSample(sample);
      }
    }
    at = end + 1;
  }
  return samples;
}

/** Where the name that begins at `from` ends; `from` itself when the line is no sample. */
function endOfName(text: string, from: number, end: number): number {
  let at = from;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58;
    if (!isLetter && !(code >= 48 && code <= 57 && at > from)) break;
  }
  const next = text.charCodeAt(at);
  return at < end && (next === 123 || next === 32 || next === 9) ? at : from;
}

function readLine(name: string, text: string, from: number, end: number): Sample | null {
  const labels = new Map<string, string>();
  let at = from;
  if (text[at] === '{') {
    at = readLabels(text, at + 1, end, labels);
    if (at < 0) return null;
  }
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  let stop = at;
  while (stop < end && !isBlank(text.charCodeAt(stop))) stop++;
  const value = numberOf(text.slice(at, stop));
  return value === null ? null : { name, labels, value };
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 13;

/** Reads labels up to and with the closing brace; -1 when they are malformed. */
function readLabels(text: string, from: number, end: number, labels: Map<string, string>): number {
  let at = from;
  while (at < end) {
    while (at < end && (isBlank(text.charCodeAt(at)) || text[at] === ',')) at++;
    if (text[at] === '}') return at + 1;
    const equals = text.indexOf('=', at);
    if (equals < 0 || equals >= end) return -1;
    const label = text.slice(at, equals).trim();
    at = equals + 1;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    if (text[at] !== '"') return -1;
    const start = ++at;
    let isEscaped = false;
    while (at < end && text[at] !== '"') {
      if (text[at] === '\\') {
        isEscaped = true;
        at++;
      }
      at++;
    }
    if (at >= end) return -1;
    const value = text.slice(start, at);
    labels.set(label, isEscaped ? value.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c)) : value);
    at++;
  }
  return -1;
}

function numberOf(text: string): number | null {
  if (text === 'NaN') return Number.NaN;
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  if (text === '') return null;
  const value = Number(text);
  return Number.isNaN(value) ? null : value;
}
