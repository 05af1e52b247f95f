import type { ExpressionProblem, MessageFilter } from '#lib/model/message-filter.ts';
import type { DecodePlan } from '#lib/serde/decode-plan.ts';
import { mayPushDown } from './byte-search.ts';
import { factOf } from './facts.ts';
import { compileFilter } from './filter/compile-filter.ts';
import { sieveOf } from './sift.ts';

/** What a filter will do, told before anything is read. */
export type Prepared =
  | { problem: ExpressionProblem }
  | {
      /** Sentences: what is decided on undecoded bytes. */
      pushedDown: string[];
      marks: string[];
      /** Field paths that the expression reads, such as `value.status`. */
      paths: string[];
    };

/** Checks the conditions of a filter that was told as a fact. */
export function prepare(filterId: string, plan: DecodePlan): Prepared {
  const filter = (factOf(filterId) ?? {}) as MessageFilter;
  if (filter.where) {
    const compiled = compileFilter(filter.where);
    if ('problem' in compiled) return compiled;
  }
  const { conditions, compiled } = sieveOf(filterId, plan);
  const marks = [filter.key, filter.keyPrefix, filter.contains].filter((text) => text !== undefined);
  const pushedDown = conditions.describe();
  const needles = compiled?.filter.needles ?? [];
  if (needles.length > 0 && mayPushDown(plan) && (filter.show ?? 'matched') === 'matched') {
    const texts = needles.map((set) => set.map((bytes) => `“${bytes.toString('utf8')}”`).join(' or '));
    pushedDown.push(`JSON and text are only decoded where ${texts.join(' and ')} occurs.`);
  }
  return {
    pushedDown,
    marks: [...new Set([...marks, ...(compiled?.marks ?? [])])],
    paths: compiled?.paths ?? [],
  };
}
