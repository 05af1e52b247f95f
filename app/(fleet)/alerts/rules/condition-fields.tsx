import { subjectNouns } from '#components/alert/rule-words.ts';
import { RadioField, SelectField, TextField } from '#components/forms/fields.tsx';
import type { ActionForm } from '#components/forms/use-action-form.ts';
import { Checkbox } from '#components/ui/choice.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { unitWords } from '#lib/model/measure.ts';
import { factsOfSeries, type SeriesKind, type SeriesUnit, seriesKinds } from '#lib/model/series-kinds.ts';
import { stateWordsOf } from '#lib/model/state-words.ts';
import type { RuleValues } from './rule-values.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const seriesChoices = seriesKinds.map((kind) => {
  const { subject, title } = factsOfSeries(kind);
  return { value: kind, label: `${capital(subjectNouns[subject][0])}: ${title}` };
});

const conditionChoices = [
  { value: 'above', label: 'is above' },
  { value: 'below', label: 'is below' },
  { value: 'equals', label: 'is' },
  { value: 'changed', label: 'changed' },
  { value: 'unusual', label: 'is off its usual pattern for that hour' },
  { value: 'absent', label: 'is not known' },
];

const directionChoices = [
  { value: 'either', label: 'Up or down' },
  { value: 'up', label: 'Up' },
  { value: 'down', label: 'Down' },
];

const missingChoices = [
  { value: 'keep', label: 'Leave it as it was' },
  { value: 'ok', label: 'Take it as well' },
  { value: 'alert', label: 'Take it as trouble' },
];

/** What is watched, and when it is trouble. */
export function ConditionFields({
  form,
  onSeries,
}: {
  form: ActionForm<RuleValues>;
  onSeries: (series: SeriesKind) => void;
}) {
  const series = form.values.series as SeriesKind;
  const words = stateWordsOf(series);
  const is = form.values['condition.is'];
  const seriesField = form.field('series');
  const choices =
    words.length > 0 ? conditionChoices.filter(({ value }) => value !== 'unusual') : conditionChoices;
  return (
    <div className="grid gap-4">
      <div className="grid-2">
        <SelectField
          field={{ ...seriesField, onValue: (value) => onSeries(value as SeriesKind) }}
          label="What is watched"
          options={seriesChoices}
        />
        <SelectField field={form.field('condition.is')} label="It is trouble when it" options={choices} />
      </div>
      <Limits form={form} is={is} series={series} />
      <div className="grid-2">
        <TextField
          field={form.field('forMinutes')}
          label="For at least"
          suffix="minutes"
          inputMode="decimal"
          help="Without a break. 0 is at once."
        />
        <TextField
          field={form.field('clearMinutes')}
          label="Ends after it was well for"
          suffix="minutes"
          inputMode="decimal"
        />
      </div>
      {is === 'absent' ? null : (
        <RadioField
          field={form.field('missing')}
          label="When the number is not known"
          options={missingChoices}
        />
      )}
    </div>
  );
}

function Limits({ form, is, series }: { form: ActionForm<RuleValues>; is: string; series: SeriesKind }) {
  const { unit } = factsOfSeries(series);
  if (is === 'above' || is === 'below')
    return (
      <div className="grid-2">
        <TextField
          field={form.field('condition.value')}
          label="Limit"
          suffix={suffixOf(unit)}
          help={
            unit === 'ms'
              ? 'Such as 5 min, or 1 h 30 min.'
              : unit.startsWith('bytes')
                ? 'Such as 20 GB.'
                : unit === 'share'
                  ? 'Such as 20%.'
                  : undefined
          }
        />
        <TextField
          field={form.field('condition.clear')}
          label={is === 'above' ? 'Ends at or below' : 'Ends at or above'}
          suffix={suffixOf(unit)}
          isOptional
          help="Between the two nothing begins and nothing ends, so that a trembling number is one alert."
        />
      </div>
    );
  if (is === 'equals') return <Equals form={form} series={series} />;
  if (is === 'changed' || is === 'unusual')
    return (
      <>
        <RadioField field={form.field('condition.direction')} label="Which way" options={directionChoices} />
        <div className="grid-2">
          {is === 'changed' ? (
            <TextField
              field={form.field('condition.minutes')}
              label="It counts as changed for"
              suffix="minutes"
              inputMode="decimal"
            />
          ) : (
            <TextField
              field={form.field('condition.times')}
              label="How far off"
              suffix="times the usual spread"
              inputMode="decimal"
              help="Held against the same hour of the days before, up to 14. Quiet until there are three."
            />
          )}
        </div>
      </>
    );
  return null;
}

/** A unit is written behind the number where there are several of them. */
const suffixOf = (unit: SeriesUnit): string | undefined =>
  unit === 'ms' || unit === 'share' || unit.startsWith('bytes') ? undefined : unitWords[unit];

/** States are ticked; other series are compared with a number. */
function Equals({ form, series }: { form: ActionForm<RuleValues>; series: SeriesKind }) {
  const words = stateWordsOf(series);
  if (words.length === 0)
    return (
      <div className="grid-2">
        <TextField
          field={form.field('condition.values')}
          label="One of these numbers"
          help="Separated by commas."
        />
      </div>
    );
  const chosen = form.values['condition.values'].split(',').filter(Boolean);
  const error = form.errors['condition.values'];
  const turn = (word: string) =>
    form.setValue(
      'condition.values',
      words
        .map((one) => one.word)
        .filter((one) => (one === word ? !chosen.includes(one) : chosen.includes(one)))
        .join(','),
    );
  return (
    <fieldset className="fld">
      <legend className="lb mb-1 font-medium">One of these states</legend>
      <div className="choices">
        {words.map(({ word, label }) => (
          <Checkbox key={word} label={label} checked={chosen.includes(word)} onChange={() => turn(word)} />
        ))}
      </div>
      {error ? (
        <div className="er" role="alert">
          <Mark name="critical" />
          <span>{error}</span>
        </div>
      ) : null}
    </fieldset>
  );
}
