import { isMap, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { type AlertRule, fieldsOfRule, NewAlertRule } from '#lib/model/alert-rule.ts';
import { parseMeasure, writeMeasure } from '#lib/model/measure.ts';
import { factsOfSeries, type SeriesUnit, seriesKinds } from '#lib/model/series-kinds.ts';

/** The longest file of rules that is read. */
export const maxRulesFileChars = 500_000;
const maxRules = 1000;

const head = `# Alert rules of Millrace. Limits may be written with units, such as 5 min, 2 GB, 80%; without one they are in the
# unit of the series. What is left out is as it is for a new rule.
`;

/** Rules as a file that people read, change and import again: what is as usual is left out. */
export function writeRulesFile(rules: readonly AlertRule[]): string {
  return head + stringify({ version: 1, rules: rules.map(writeRule) }, { lineWidth: 0 });
}

/** One rule as it stands in a file. */
export const ruleText = (rule: NewAlertRule): string => stringify(writeFields(rule), { lineWidth: 0 });

const writeRule = (rule: AlertRule) => writeFields({ ...fieldsOfRule(rule), isEnabled: rule.isEnabled });

function writeFields({ name, series, condition, scope, isEnabled, ...rest }: NewAlertRule) {
  const { unit } = factsOfSeries(series);
  const usual: Record<string, unknown> = {
    forMinutes: 0,
    clearMinutes: 0,
    missing: 'keep',
    owner: '',
    runbook: '',
    summary: '',
    advice: '',
  };
  const isTold = ([key, value]: [string, unknown]): boolean => usual[key] !== value;
  const { clusters, environments, names, except } = scope;
  const told = {
    ...(clusters.length > 0 ? { clusters } : {}),
    ...(environments.length > 0 ? { environments } : {}),
    ...(names === '*' ? {} : { names }),
    ...(except === '' ? {} : { except }),
  };
  return {
    name,
    ...(isEnabled ? {} : { enabled: false }),
    series,
    condition: inWords(condition, unit),
    ...(Object.keys(told).length > 0 ? { scope: told } : {}),
    ...Object.fromEntries(Object.entries(rest).filter(isTold)),
  };
}

/** Limits with their unit where that is shorter to read. */
function inWords(condition: NewAlertRule['condition'], unit: SeriesUnit): Record<string, unknown> {
  if (condition.is !== 'above' && condition.is !== 'below') return condition;
  const text = (value: number): string | number => {
    const written = writeMeasure(value, unit);
    return written === String(value) ? value : written;
  };
  const { is, value, clear } = condition;
  return { is, value: text(value), ...(clear === undefined ? {} : { clear: text(clear) }) };
}

const RulesFile = z.strictObject({
  version: z.literal(1, 'This version reads files of version 1.').default(1),
  rules: z.array(z.unknown()).max(maxRules, `At most ${maxRules} rules.`),
});

/**
 * Rules of a file.
 * @throws AppError `input.invalid` with the line of what is wrong
 */
export function readRulesFile(text: string): NewAlertRule[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw refused(`Line ${line}: ${error.message}.`);
  }
  // Twenty aliases are plenty; thousands of them are how a small file becomes a large one.
  const file = RulesFile.safeParse(plain(() => document.toJS({ maxAliasCount: 20 })));
  if (!file.success) throw refused(file.error.issues.map(({ message }) => message).join(' '));
  const nodes = document.get('rules');
  const lineOf = (index: number): number => {
    const node = isSeq(nodes) ? nodes.items[index] : null;
    return isMap(node) && node.range ? lines.linePos(node.range[0]).line : 1;
  };
  const faults: string[] = [];
  const rules = file.data.rules.flatMap((raw, index) => {
    const read = NewAlertRule.safeParse(withNumbers(raw));
    if (read.success) return [{ rule: read.data, index }];
    for (const { path, message } of read.error.issues.slice(0, 3))
      faults.push(`Line ${lineOf(index)}, ${nameOf(raw, index)}, ${path.join('.') || 'rule'}: ${message}`);
    return [];
  });
  const seen = new Set<string>();
  for (const { rule, index } of rules) {
    if (seen.has(rule.name)) faults.push(`Line ${lineOf(index)}: ${rule.name} stands in the file twice.`);
    seen.add(rule.name);
  }
  if (faults.length > 0) throw refused(faults.slice(0, 10).join(' '));
  return rules.map(({ rule }) => rule);
}

function plain(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw refused(error instanceof Error ? `${error.message}.` : 'The file cannot be read.');
  }
}

const refused = (message: string): AppError =>
  new AppError('input.invalid', {}, { fields: { text: message } });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (raw: unknown, index: number): string =>
  isObject(raw) && typeof raw.name === 'string' ? raw.name.slice(0, 80) : `rule ${index + 1}`;

/** A rule of a file as the model has it: limits as numbers, `enabled` by its own name. */
function withNumbers(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const { enabled, condition, ...rest } = raw;
  const kind = seriesKinds.find((one) => one === rest.series);
  const number = (value: unknown): unknown =>
    typeof value === 'string' && kind ? (parseMeasure(value, factsOfSeries(kind).unit) ?? value) : value;
  return {
    ...rest,
    ...(enabled === undefined ? {} : { isEnabled: enabled }),
    condition:
      isObject(condition) && (condition.is === 'above' || condition.is === 'below')
        ? {
            ...condition,
            value: number(condition.value),
            ...('clear' in condition ? { clear: number(condition.clear) } : {}),
          }
        : condition,
  };
}
