import { z } from 'zod';
import type { State } from './state.ts';

/**
 * How it stands with a group on one partition, worst last. No threshold is in any of them: each follows from what the
 * group's last commits did. The index of a state in this list is its number in the series `group.state`.
 */
export const lagStates = [
  /** Nothing is unread, nothing was unread at some time within the window, or the distance keeps the same. */
  'ok',
  /** Behind, and the distance shrinks. */
  'catching-up',
  /** It was set back, and reads again what it had read. */
  'rewound',
  /** Owns the partition and has never committed there. */
  'never-committed',
  /** Nobody reads, and nothing was committed for longer than the window; records may wait. */
  'stopped',
  /** Behind, commits, and the distance does not shrink. */
  'falling-behind',
  /** A member owns the partition, records wait, and the position stands. */
  'stalled',
  /** Retention has deleted records that it had not read. */
  'over-run',
] as const;
export const LagState = z.enum(lagStates);
export type LagState = z.infer<typeof LagState>;

/** What a state is called on screen, and the mark it has. */
export const lagStateFaces: Readonly<Record<LagState, { words: string; mark: State | 'off' }>> = {
  ok: { words: 'Keeping up', mark: 'ok' },
  'catching-up': { words: 'Catching up', mark: 'ok' },
  rewound: { words: 'Rewound', mark: 'ok' },
  'never-committed': { words: 'Never committed', mark: 'ok' },
  stopped: { words: 'Stopped', mark: 'off' },
  'falling-behind': { words: 'Falling behind', mark: 'warning' },
  stalled: { words: 'Stalled', mark: 'critical' },
  'over-run': { words: 'Over-run by retention', mark: 'critical' },
};

/** When unread records are caught up with: nothing is unread, in so many ms, not at this rate, or not known yet. */
export const CatchUp = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('caught-up') }),
  z.object({ kind: z.literal('in'), ms: z.number() }),
  z.object({ kind: z.literal('never') }),
  z.object({ kind: z.literal('unknown'), why: z.string() }),
]);
export type CatchUp = z.infer<typeof CatchUp>;

/**
 * The data-loss clock: when retention deletes the next unread record. `in`: that is the earliest, because segments go as a
 * whole. `lost`: it has happened already, to so many records.
 */
export const LossClock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none'), why: z.string() }),
  z.object({ kind: z.literal('in'), ms: z.number(), by: z.enum(['time', 'size']) }),
  z.object({ kind: z.literal('lost'), records: z.string() }),
  z.object({ kind: z.literal('unknown'), why: z.string() }),
]);
export type LossClock = z.infer<typeof LossClock>;

/** Everything about the lag of a group on one partition. Offsets and counts are decimal texts. */
export const PartitionLag = z.object({
  state: LagState,
  /** The rule that gave the state, with its numbers, as a sentence. */
  rule: z.string(),
  /** Records a consumer would still receive: null while not known. */
  lagMessages: z.string().nullable(),
  /** Age of the next unread record in ms; 0 when nothing is unread. */
  lagMs: z.number().nullable(),
  /** Where `lagMs` is from: the table of offsets and times, or the record itself. */
  lagFrom: z.enum(['table', 'record']).nullable(),
  consumedPerSecond: z.number().nullable(),
  producedPerSecond: z.number().nullable(),
  catchUp: CatchUp,
  loss: LossClock,
  /** How much of what the log holds has been read, 0 to 1. */
  readShare: z.number().nullable(),
  /** Records behind the last stable offset: an open transaction keeps them from readers, they are no lag. */
  openTransactionMessages: z.string().nullable(),
  /** When the position was last seen to move, epoch ms. */
  movedAt: z.number().nullable(),
});
export type PartitionLag = z.infer<typeof PartitionLag>;

/** The worst and the sums of a group over its partitions. */
export const GroupLag = z.object({
  state: LagState,
  /** How many partitions are in each state. */
  states: z.record(LagState, z.number().int()),
  rule: z.string(),
  lagMessages: z.string().nullable(),
  lagMs: z.number().nullable(),
  consumedPerSecond: z.number().nullable(),
  producedPerSecond: z.number().nullable(),
  catchUp: CatchUp,
  loss: LossClock,
  /** Partition whose oldest unread record is oldest. */
  slowest: z.object({ topic: z.string(), partition: z.number().int() }).nullable(),
  /** Rebalances seen in the last ten minutes; null before the group was watched that long. */
  rebalances: z.number().int().nullable(),
});
export type GroupLag = z.infer<typeof GroupLag>;
