'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { noAnswer } from '#components/forms/use-action-form.ts';
import type { NextRecord, PlanResetOffsetsInput, ResetOffsetsPlan } from '#lib/model/offset-reset.ts';
import type { Problem } from '#lib/model/problem.ts';
import { planResetOffsetsAction } from '../../actions.ts';
import { waitsForMembers } from './reset-ready.ts';

export type ResetPlanState = {
  plan: ResetOffsetsPlan | null;
  /** The plan is still of what was typed before: it may be looked at, not carried out. */
  isStale: boolean;
  problem: Problem | null;
  isReading: boolean;
  /** Reads it again at once, with the records. */
  refresh: () => void;
};

/** Typing settles before the cluster is asked. */
const settleMs = 450;
/** While members keep it from being done, it is looked at again so often. */
const againMs = 5_000;

const placeOf = (move: { topic: string; partition: number; to: string | null }) =>
  `${move.topic}/${move.partition}/${move.to}`;

/**
 * The plan of what is typed, read anew as it changes and, while members block it, every few seconds. Records are read once for each
 * input only, because each such read stands in the audit; the newer plans keep them.
 */
export function useResetPlan(input: PlanResetOffsetsInput | null): ResetPlanState {
  const [made, setMade] = useState<{ key: string; plan: ResetOffsetsPlan } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isReading, setReading] = useState(false);
  const turn = useRef(0);
  const records = useRef(new Map<string, NextRecord>());
  const key = input === null ? null : JSON.stringify(input);

  const read = useCallback(async (text: string, withRecords: boolean) => {
    turn.current += 1;
    const mine = turn.current;
    setReading(true);
    const result = await planResetOffsetsAction({
      ...(JSON.parse(text) as PlanResetOffsetsInput),
      withRecords,
    }).catch(() => ({ ok: false as const, problem: noAnswer }));
    if (turn.current !== mine) return;
    setReading(false);
    if (!result.ok) {
      setProblem(result.problem);
      if (withRecords) setMade(null);
      return;
    }
    if (withRecords) records.current = new Map(result.value.moves.map((move) => [placeOf(move), move.next]));
    setProblem(null);
    const moves = result.value.moves.map((move) => ({
      ...move,
      next: records.current.get(placeOf(move)) ?? move.next,
    }));
    setMade({ key: text, plan: { ...result.value, moves } });
  }, []);

  useEffect(() => {
    turn.current += 1;
    if (key === null) {
      setMade(null);
      setProblem(null);
      setReading(false);
      return;
    }
    const timer = setTimeout(() => void read(key, true), settleMs);
    return () => clearTimeout(timer);
  }, [key, read]);

  const plan = made?.plan ?? null;
  const isStale = made !== null && made.key !== key;
  const isBlocked = plan !== null && !isStale && waitsForMembers(plan);
  useEffect(() => {
    if (key === null || !isBlocked) return;
    const timer = setInterval(() => {
      if (!document.hidden) void read(key, false);
    }, againMs);
    return () => clearInterval(timer);
  }, [key, isBlocked, read]);

  const refresh = useCallback(() => {
    if (key !== null) void read(key, true);
  }, [key, read]);
  return { plan, isStale, problem, isReading, refresh };
}
