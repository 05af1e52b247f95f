import type {
  AlertCondition,
  AlertRule,
  AlertRuleFields,
  AlertSeverity,
  MissingPolicy,
} from '#lib/model/alert-rule.ts';
import type { Environment } from '#lib/model/cluster.ts';
import { parseMeasure, writeMeasure } from '#lib/model/measure.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';
import { stateWordsOf } from '#lib/model/state-words.ts';

/** A rule as the fields of its form hold it. Names of fields are the paths of the model, so that errors find them. */
export type RuleValues = {
  name: string;
  series: string;
  'condition.is': string;
  'condition.value': string;
  'condition.clear': string;
  'condition.values': string;
  'condition.direction': string;
  'condition.minutes': string;
  'condition.times': string;
  forMinutes: string;
  clearMinutes: string;
  missing: string;
  /** `cluster:a,environment:production`; empty is everywhere. */
  place: string;
  'scope.names': string;
  'scope.except': string;
  severity: string;
  owner: string;
  runbook: string;
  summary: string;
  advice: string;
  isEnabled: boolean;
};

type Start = Partial<AlertRule> & Pick<AlertRuleFields, 'series' | 'condition'>;

/** What a condition of a kind begins with. */
export const firstCondition = (series: SeriesKind): AlertCondition => {
  const [word] = stateWordsOf(series);
  return word ? { is: 'equals', values: [word.word] } : { is: 'above', value: 0 };
};

/** What an unknown number means at first. The clock of unread records is unknown while nothing is in danger. */
const firstMissing = (series: SeriesKind): MissingPolicy => (series === 'group.loss-clock' ? 'ok' : 'keep');

export function valuesOf(rule: Start): RuleValues {
  const { condition, series } = rule;
  const { unit } = factsOfSeries(series);
  const isLimit = condition.is === 'above' || condition.is === 'below';
  const clear = isLimit ? condition.clear : undefined;
  const moves = condition.is === 'changed' || condition.is === 'unusual';
  return {
    name: rule.name ?? '',
    series,
    'condition.is': condition.is,
    'condition.value': isLimit ? writeMeasure(condition.value, unit) : '',
    'condition.clear': clear === undefined ? '' : writeMeasure(clear, unit),
    'condition.values': condition.is === 'equals' ? condition.values.join(',') : '',
    'condition.direction': moves ? condition.direction : 'either',
    'condition.minutes': String(condition.is === 'changed' ? condition.minutes : 5),
    'condition.times': String(condition.is === 'unusual' ? condition.times : 5),
    forMinutes: String(rule.forMinutes ?? 5),
    clearMinutes: String(rule.clearMinutes ?? 0),
    missing: rule.missing ?? firstMissing(series),
    place: [
      ...(rule.scope?.clusters ?? []).map((id) => `cluster:${id}`),
      ...(rule.scope?.environments ?? []).map((name) => `environment:${name}`),
    ].join(','),
    'scope.names': rule.scope?.names ?? '*',
    'scope.except': rule.scope?.except ?? '',
    severity: rule.severity ?? 'warning',
    owner: rule.owner ?? '',
    runbook: rule.runbook ?? '',
    summary: rule.summary ?? '',
    advice: rule.advice ?? '',
    isEnabled: rule.isEnabled ?? true,
  };
}

/** Input of the verb. What is no number becomes NaN, which the schema answers with a sentence at its field. */
export function toInput(values: RuleValues) {
  const places = values.place.split(',').filter(Boolean);
  const after = (prefix: string): string[] =>
    places.filter((place) => place.startsWith(prefix)).map((place) => place.slice(prefix.length));
  return {
    name: values.name,
    series: values.series as SeriesKind,
    condition: conditionOf(values),
    forMinutes: numberOf(values.forMinutes),
    clearMinutes: numberOf(values.clearMinutes),
    missing: values.missing as MissingPolicy,
    scope: {
      clusters: after('cluster:'),
      environments: after('environment:') as Environment[],
      names: values['scope.names'],
      except: values['scope.except'],
    },
    severity: values.severity as AlertSeverity,
    owner: values.owner,
    runbook: values.runbook.trim(),
    summary: values.summary,
    advice: values.advice,
    isEnabled: values.isEnabled,
  };
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

type Direction = 'either' | 'up' | 'down';

function conditionOf(values: RuleValues): AlertCondition {
  const { unit } = factsOfSeries(values.series as SeriesKind);
  const measure = (text: string): number => parseMeasure(text, unit) ?? Number.NaN;
  const direction = values['condition.direction'] as Direction;
  switch (values['condition.is']) {
    case 'equals': {
      const isState = stateWordsOf(values.series as SeriesKind).length > 0;
      const chosen = values['condition.values'].split(',').filter((one) => one.trim() !== '');
      return { is: 'equals', values: isState ? chosen : chosen.map((one) => measure(one)) };
    }
    case 'absent':
      return { is: 'absent' };
    case 'changed':
      return { is: 'changed', direction, minutes: numberOf(values['condition.minutes']) };
    case 'unusual':
      return { is: 'unusual', direction, times: numberOf(values['condition.times']) };
    default: {
      const is = values['condition.is'] === 'below' ? 'below' : 'above';
      const clear = values['condition.clear'];
      const limit = { is, value: measure(values['condition.value']) } as const;
      return clear.trim() === '' ? limit : { ...limit, clear: measure(clear) };
    }
  }
}
