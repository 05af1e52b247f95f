import type { PlanResetOffsetsInput, ResetTarget, ResetTargetKind } from '#lib/model/offset-reset.ts';
import { parsePartitions } from '#lib/model/partition-set.ts';

/** A topic that is ticked, and which of its partitions, as typed: empty means all. */
export type DraftTopic = { topic: string; isChosen: boolean; partitions: string };

/** What stands in the sheet of a reset, as typed. */
export type ResetDraft = {
  /** `all`: every partition the group has a position on. `trouble`: those that something is wrong with. */
  scope: 'all' | 'trouble' | 'chosen';
  topics: readonly DraftTopic[];
  kind: ResetTargetKind;
  offset: string;
  /** Wall time of the page's zone. */
  time: string;
  shift: string;
  ago: string;
  agoUnit: 'min' | 'h' | 'd';
  groupId: string;
  file: { name: string; text: string } | null;
  resetId: string;
};

export const emptyDraft: ResetDraft = {
  scope: 'all',
  topics: [],
  kind: 'time',
  offset: '',
  time: '',
  shift: '',
  ago: '15',
  agoUnit: 'min',
  groupId: '',
  file: null,
  resetId: '',
};

const agoMs = { min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export type DraftProblem = { field: keyof ResetDraft; words: string };

/** The target as the plan takes it; what is missing or wrong otherwise. `empty` is nothing typed yet, which is no error. */
export function targetOf(
  draft: ResetDraft,
  timeOf: (wall: string) => number | null,
): { target: ResetTarget } | { problem: DraftProblem } | 'empty' {
  const wrong = (field: keyof ResetDraft, words: string) => ({ problem: { field, words } });
  switch (draft.kind) {
    case 'start':
    case 'end':
      return { target: { kind: draft.kind } };
    case 'offset': {
      const offset = draft.offset.trim().replaceAll(',', '');
      if (offset === '') return 'empty';
      return /^\d{1,19}$/.test(offset)
        ? { target: { kind: 'offset', offset } }
        : wrong('offset', 'An offset is a whole number from 0.');
    }
    case 'time': {
      if (draft.time === '') return 'empty';
      const timeMs = timeOf(draft.time);
      return timeMs === null
        ? wrong('time', 'Choose a day and a time.')
        : { target: { kind: 'time', timeMs } };
    }
    case 'shift': {
      const by = draft.shift.trim().replaceAll(',', '').replace('−', '-');
      if (by === '' || by === '+' || by === '-') return 'empty';
      return /^[+-]?\d{1,18}$/.test(by)
        ? { target: { kind: 'shift', by } }
        : wrong('shift', 'Write a whole number of records, such as +1 or -500.');
    }
    case 'ago': {
      const count = draft.ago.trim();
      if (count === '') return 'empty';
      if (!/^\d{1,6}$/.test(count)) return wrong('ago', 'Write a whole number.');
      return { target: { kind: 'ago', ms: Number(count) * agoMs[draft.agoUnit] } };
    }
    case 'group':
      return draft.groupId === '' ? 'empty' : { target: { kind: 'group', groupId: draft.groupId } };
    case 'file':
      return draft.file === null ? 'empty' : { target: { kind: 'file', text: draft.file.text } };
    case 'saved':
      return draft.resetId === '' ? 'empty' : { target: { kind: 'saved', resetId: draft.resetId } };
  }
}

type Topics = NonNullable<PlanResetOffsetsInput['topics']>;

/** The topics as the plan takes them: null is every partition the group has a position on. */
export function topicsOf(
  draft: ResetDraft,
  troubled: readonly { topic: string; partition: number }[],
): { topics: Topics | null } | { problem: DraftProblem } {
  if (draft.scope === 'all') return { topics: null };
  if (draft.scope === 'trouble')
    return {
      topics: [...Map.groupBy(troubled, ({ topic }) => topic)].map(([topic, rows]) => ({
        topic,
        partitions: rows.map(({ partition }) => partition).sort((a, b) => a - b),
      })),
    };
  const topics: Topics = [];
  for (const { topic, isChosen, partitions } of draft.topics) {
    if (!isChosen) continue;
    const text = partitions.trim();
    const named = text === '' ? null : parsePartitions(text);
    if (text !== '' && named === null)
      return {
        problem: {
          field: 'topics',
          words: `Write partitions of ${topic} as 0-3,7, or leave it empty for all.`,
        },
      };
    topics.push({ topic, partitions: named });
  }
  return topics.length === 0 ? { problem: { field: 'topics', words: 'Choose a topic.' } } : { topics };
}
