import type { MissingPart } from './listing.ts';
import type { Isolation, MessagePage, MessageRow, ReadOutcome } from './message.ts';

/** Records over time, in buckets of equal width; widths double when the range outgrows the number of buckets. */
export type SearchHistogram = {
  /** Epoch milliseconds at which the first bucket begins. */
  fromMs: number;
  bucketMs: number;
  /** Records looked at and records that matched, per bucket. */
  scanned: number[];
  matched: number[];
};

/** How far a search is. Offsets are decimal text: they count what is planned and done, gaps included. */
export type SearchProgress = {
  plannedOffsets: string;
  doneOffsets: string;
  /** Bytes as they came from the brokers, and how many may come. */
  bytes: number;
  budgetBytes: number;
  elapsedMs: number;
  /** Milliseconds until the end at this speed, or until the budget is spent, whichever is first; null while unknown. */
  remainingMs: number | null;
  records: number;
  matched: number;
  /** Records on which the expression failed, and records it needed decoded that could not be. */
  failed: number;
  undecoded: number;
  abortedRecords: number;
  wrongCrcBatches: number;
  /** Records that were decoded, of `records`: the others were decided on their bytes. */
  decoded: number;
  histogram: SearchHistogram | null;
  /** ISO time up to which everything was searched, in the order of the search; null while unknown. */
  reachedAt: string | null;
};

/** What the search will do, told first. */
export type SearchPlan = {
  topicId: string;
  order: 'newest' | 'oldest';
  isolation: Isolation;
  /** When the ends of the log were looked up, ISO 8601. */
  asOf: string;
  plannedOffsets: string;
  budgetBytes: number;
  /** Sentences: what is decided on undecoded bytes. Empty when every record is decoded. */
  pushedDown: string[];
  /** Texts and field paths (`value.status`) that matched, to be marked where they are drawn. */
  marks: string[];
  paths: string[];
  /** Times between which the records lie, ISO, as far as the logs tell cheaply; null when they do not. */
  span: { from: string; to: string } | null;
};

export type SearchEnd = {
  outcome: ReadOutcome;
  /** Goes on where the search ended; null when everything was read. */
  nextToken: string | null;
  missing: MissingPart[];
  unreadable: MessagePage['unreadable'];
  expired: MessagePage['expired'];
  /** Why it ended early, in words, where the outcome alone does not say it (a filter that was stopped). */
  reason: string | null;
};

/** What a search tells, in this order: one plan; rows and progress; one end. Rows come in their final order, to be appended. */
export type SearchEvent =
  | { type: 'plan'; plan: SearchPlan }
  | { type: 'rows'; rows: MessageRow[] }
  | { type: 'progress'; progress: SearchProgress }
  | { type: 'end'; end: SearchEnd };

/** What a tail looks for, told first. Times and marks as in a search. */
export type TailPlan = {
  topicId: string;
  /** When it began to follow, ISO 8601. */
  asOf: string;
  pushedDown: string[];
  marks: string[];
  paths: string[];
};

/** Totals of a tail since it began. */
export type TailProgress = {
  records: number;
  matched: number;
  /** Records that matched and were left out because they came faster than they could be told. */
  dropped: number;
  failed: number;
  undecoded: number;
  bytes: number;
  elapsedMs: number;
  /** Partitions or brokers that do not answer now. */
  missing: MissingPart[];
};

/** What a tail tells: one plan; then rows in order of arrival, and progress, for as long as it is followed. */
export type TailEvent =
  | { type: 'plan'; plan: TailPlan }
  | { type: 'rows'; rows: MessageRow[] }
  | { type: 'progress'; progress: TailProgress };
