'use client';

import { useRef, useState } from 'react';
import { noAnswer } from '#components/forms/use-action-form.ts';
import {
  type ManyRecord,
  type ProducedMany,
  type ProduceManyPlan,
  partsOf,
  sumOfPlans,
} from '#lib/model/message-many.ts';
import type { ActionResult, Problem } from '#lib/model/problem.ts';
import { planProduceManyAction, produceManyAction } from '../actions.ts';

export type ManyBase = Omit<Parameters<typeof planProduceManyAction>[0], 'records' | 'batch'>;

/** What became of all records of a run. The four counts add up to the total. */
export type ManyEnd = {
  total: number;
  acknowledged: number;
  /** No answer came for these: they may be there. */
  unknown: number;
  notWritten: number;
  /** Lines that were not acknowledged, the first of them. */
  lines: number[];
  places: ProducedMany['places'];
  problem: Pick<Problem, 'what' | 'next'> | null;
};

export type ManyState =
  | { kind: 'idle' }
  | { kind: 'checking'; done: number; of: number }
  | { kind: 'planned'; sum: Omit<ProduceManyPlan, 'digest'> }
  | { kind: 'writing'; acknowledged: number; total: number }
  | { kind: 'ended'; end: ManyEnd }
  | { kind: 'failed'; problem: Problem };

type Planned = { base: ManyBase; batchId: string; parts: ManyRecord[][]; plans: ProduceManyPlan[] };

/** Checks all records first and writes them afterwards, part by part, stopping at the first that is not acknowledged whole. */
export function useManyRun() {
  const [state, setState] = useState<ManyState>({ kind: 'idle' });
  const planned = useRef<Planned | null>(null);
  const run = useRef(0);

  const reset = () => {
    run.current += 1;
    planned.current = null;
    setState({ kind: 'idle' });
  };

  const check = async (base: ManyBase, records: ManyRecord[]) => {
    run.current += 1;
    const mine = run.current;
    const parts = partsOf(records);
    const batchId = crypto.randomUUID();
    const plans: ProduceManyPlan[] = [];
    for (const [index, part] of parts.entries()) {
      setState({ kind: 'checking', done: index, of: parts.length });
      const result = await planProduceManyAction({
        ...base,
        records: part,
        batch: { id: batchId, part: index + 1, of: parts.length },
      }).catch((): ActionResult<ProduceManyPlan> => ({ ok: false, problem: noAnswer }));
      if (run.current !== mine) return;
      if (!result.ok) {
        setState({ kind: 'failed', problem: result.problem });
        return;
      }
      plans.push(result.value);
    }
    planned.current = { base, batchId, parts, plans };
    setState({ kind: 'planned', sum: sumOfPlans(plans) });
  };

  const write = async () => {
    const plan = planned.current;
    if (!plan) return;
    planned.current = null;
    const end: ManyEnd = {
      total: plan.parts.reduce((sum, part) => sum + part.length, 0),
      acknowledged: 0,
      unknown: 0,
      notWritten: 0,
      lines: [],
      places: [],
      problem: null,
    };
    for (const [index, part] of plan.parts.entries()) {
      if (end.problem) {
        end.notWritten += part.length;
        continue;
      }
      setState({ kind: 'writing', acknowledged: end.acknowledged, total: end.total });
      addPart(end, part, await writePart(plan, index));
    }
    setState({ kind: 'ended', end });
  };

  return { state, check, write, reset };
}

/** A part whose answer was lost is asked for once more under its own key: the server then says what became of it. */
async function writePart(plan: Planned, index: number): Promise<ActionResult<ProducedMany>> {
  const once = { requestId: crypto.randomUUID() };
  const send = () =>
    produceManyAction(
      {
        ...plan.base,
        records: plan.parts[index] ?? [],
        batch: { id: plan.batchId, part: index + 1, of: plan.parts.length },
        digest: plan.plans[index]?.digest ?? '',
      },
      once,
    );
  return send()
    .catch(send)
    .catch(() => ({ ok: false as const, problem: noAnswer }));
}

function addPart(end: ManyEnd, part: readonly ManyRecord[], result: ActionResult<ProducedMany>): void {
  if (!result.ok) {
    const isUnknown = result.problem.code === 'outcome.unknown' || result.problem.code === noAnswer.code;
    if (isUnknown) end.unknown += part.length;
    else end.notWritten += part.length;
    end.lines.push(...part.slice(0, 100).map(({ line }) => line));
    end.problem = result.problem;
    return;
  }
  const { acknowledged, places, stopped } = result.value;
  end.acknowledged += acknowledged;
  end.places.push(...places);
  if (!stopped) return;
  end.unknown += stopped.unknown;
  end.notWritten += stopped.refused + stopped.unsent;
  end.lines.push(...stopped.lines);
  end.problem = stopped;
}
