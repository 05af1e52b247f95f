import { z } from 'zod';
import { lookAgain } from '#lib/collector/alerts/start-alerts.ts';
import {
  changeAlertRules,
  createAlertRule,
  deleteRuleIn,
  listAlertRules,
  updateRuleIn,
} from '#lib/gateways/database/alert-rules.ts';
import { type AlertRule, fieldsOfRule, type NewAlertRule } from '#lib/model/alert-rule.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved, digestOf } from '#lib/operations/digest.ts';
import { paths } from '#lib/paths.ts';
import { maxRulesFileChars, readRulesFile, ruleText } from './rules-file.ts';

const Base = z.strictObject({
  text: z.string().max(maxRulesFileChars, 'At most 500,000 characters.'),
  /** Rules that are not in the file are deleted: then the file is all there is. */
  isAll: z.boolean().default(false),
});

/** What becomes of one rule, with its text before and after. */
export type RuleChange = {
  name: string;
  act: 'create' | 'change' | 'keep' | 'delete';
  before: string | null;
  after: string | null;
};

type Step = RuleChange & { known: AlertRule | null; rule: NewAlertRule | null };

const target = () => ({ type: 'rule' as const, id: 'file', clusterId: null });

/** What importing a file of rules would do to each rule. Rules are the same by their names. */
export const planImportRules = definePlan({
  name: 'rule.import.plan',
  permission: 'alert:update',
  input: Base,
  target,
  run: async (_context, input): Promise<{ changes: RuleChange[]; digest: string }> => {
    const steps = await stepsOf(input);
    return {
      changes: steps.map(({ name, act, before, after }) => ({ name, act, before, after })),
      digest: digestOfSteps(steps),
    };
  },
});

/** Imports a file of rules, all of it or nothing. */
export const importRules = defineCommand({
  name: 'rule.import',
  permission: 'alert:update',
  input: Base.extend({ digest: z.string().max(64) }),
  target,
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertRules()],
  run: async ({ principal }, input) => {
    const steps = await stepsOf(input);
    assertUnmoved(input.digest, digestOfSteps(steps), 'A rule');
    await changeAlertRules(async (sql) => {
      for (const { act, known, rule } of steps) {
        if (act === 'delete') await deleteRuleIn(sql, known!.id, known!.version);
        else if (act === 'change') await updateRuleIn(sql, known!.id, known!.version, rule!);
        else if (act === 'create') await createAlertRule(rule!, principal.name, sql);
      }
    });
    void lookAgain();
    const count = (act: RuleChange['act']): number => steps.filter((step) => step.act === act).length;
    return {
      created: count('create'),
      changed: count('change'),
      kept: count('keep'),
      deleted: count('delete'),
    };
  },
  noted: (value) => value,
});

async function stepsOf({ text, isAll }: z.output<typeof Base>): Promise<Step[]> {
  const rules = readRulesFile(text);
  const known = new Map((await listAlertRules()).map((rule) => [rule.name, rule]));
  const steps = rules.map((rule): Step => {
    const old = known.get(rule.name) ?? null;
    known.delete(rule.name);
    const before = old ? textOf(old) : null;
    const after = ruleText(rule);
    const act = before === null ? 'create' : before === after ? 'keep' : 'change';
    return { name: rule.name, act, before, after, known: old, rule };
  });
  if (!isAll) return steps;
  const gone = [...known.values()].map(
    (old): Step => ({
      name: old.name,
      act: 'delete',
      before: textOf(old),
      after: null,
      known: old,
      rule: null,
    }),
  );
  return [...steps, ...gone];
}

const textOf = (rule: AlertRule): string => ruleText({ ...fieldsOfRule(rule), isEnabled: rule.isEnabled });

const digestOfSteps = (steps: readonly Step[]): string =>
  digestOf(steps.map(({ act, known, after }) => [act, known?.id, known?.version, after]));
