import { formatDuration, formatLimit, formatMeasure } from '#lib/format.ts';
import type { AlertRuleFields } from '#lib/model/alert-rule.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';
import { stateWordsOf } from '#lib/model/state-words.ts';
import type { UsualBand } from './conditions.ts';

export type Seen = { clusterName: string; subject: string; value: number; band?: UsualBand | null };

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** What a name of a series is called: `Broker 3`, `Group shop-billing`. */
export function subjectInWords(series: SeriesKind, subject: string, clusterName: string): string {
  switch (factsOfSeries(series).subject) {
    case 'cluster':
      return `Cluster ${clusterName}`;
    case 'member': {
      const [group = '', partition = ''] = subject.split('\t');
      return `Group ${group} on ${partition}`;
    }
    case 'broker':
      return `Broker ${subject}`;
    case 'topic':
      return `Topic ${subject}`;
    case 'partition':
      return `Partition ${subject}`;
    case 'group':
      return `Group ${subject}`;
    case 'connector':
      return `Connector ${subject}`;
  }
}

/** A value of a series as text: a state by its word, records with their noun. */
export function valueInWords(series: SeriesKind, value: number): string {
  const word = stateWordsOf(series).find((one) => one.value === value);
  if (word) return lower(word.label);
  const { unit } = factsOfSeries(series);
  return unit === 'records' ? `${formatMeasure(value, unit)} records` : formatMeasure(value, unit);
}

function limitInWords({ condition, series }: AlertRuleFields): string {
  if (condition.is === 'above' || condition.is === 'below')
    return formatLimit(condition.value, factsOfSeries(series).unit);
  if (condition.is === 'equals')
    return condition.values
      .map((one) => (typeof one === 'string' ? one : valueInWords(series, one)))
      .join(' or ');
  return '';
}

/** What is the matter with a subject, in one sentence with its numbers. */
export function summaryOf(rule: AlertRuleFields, seen: Seen): string {
  const { clusterName, subject, value } = seen;
  const held = rule.forMinutes > 0 ? formatDuration(rule.forMinutes * 60_000) : '';
  if (rule.summary === '') return sentenceOf(rule, seen, held);
  const words: Record<string, string> = {
    name: subject,
    cluster: clusterName,
    value: valueInWords(rule.series, value),
    limit: limitInWords(rule),
    for: held,
  };
  return rule.summary.replace(/\{(\w+)\}/g, (all, name: string) => words[name] ?? all);
}

function sentenceOf(
  rule: AlertRuleFields,
  { clusterName, subject, value, band }: Seen,
  held: string,
): string {
  const { series, condition } = rule;
  const facts = factsOfSeries(series);
  const place = facts.subject === 'cluster' ? '' : ` on ${clusterName}`;
  const who = `${subjectInWords(series, subject, clusterName)}${place}`;
  const what = lower(facts.title);
  const now = valueInWords(series, value);
  const during = held === '' ? '' : ` for ${held}`;
  switch (condition.is) {
    case 'above':
    case 'below':
      return `${who}: ${what} is ${now}, ${condition.is} ${limitInWords(rule)}${during}.`;
    case 'equals':
      return stateWordsOf(series).length === 2 ? `${who} ${now}${during}.` : `${who}: ${now}${during}.`;
    case 'absent':
      return `${who}: ${what} is not known${during}.`;
    case 'changed':
      return `${who}: ${what} changed to ${now}.`;
    case 'unusual': {
      const usual = band
        ? `, outside ${valueInWords(series, band.low)} to ${valueInWords(series, band.high)}, which is usual at this hour`
        : ', which is unusual at this hour';
      return `${who}: ${what} is ${now}${during}${usual}.`;
    }
  }
}
