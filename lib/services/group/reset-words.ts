import { formatChange, formatCount, formatDuration } from '#lib/format.ts';
import type { ResetTarget } from '#lib/model/offset-reset.ts';

/** Where a reset leads, as the end of the sentence "Moved …". `timeMs` is the moment that a time or `ago` came to. */
export function wordsOf(target: ResetTarget, timeMs: number | null): string {
  switch (target.kind) {
    case 'start':
      return 'to the start';
    case 'end':
      return 'to the end';
    case 'offset':
      return `to offset ${formatCount(target.offset)}`;
    case 'time':
      return `to ${momentText(target.timeMs)}`;
    case 'ago':
      return `to ${formatDuration(target.ms)} ago, ${momentText(timeMs ?? 0)}`;
    case 'shift':
      return `by ${formatChange(String(BigInt(target.by)))} ${/^[+-]?0*1$/.test(target.by) ? 'record' : 'records'}`;
    case 'group':
      return `to where ${target.groupId} stands`.slice(0, 200);
    case 'file':
      return 'to the positions of a file';
    case 'saved':
      return 'back to what was kept';
  }
}

/** `2026-11-21 14:00:00 UTC`, with milliseconds where there are some. */
export const momentText = (timeMs: number): string =>
  `${new Date(timeMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '')} UTC`;
