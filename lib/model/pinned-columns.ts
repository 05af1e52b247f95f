import { z } from 'zod';
import { MAX_COLUMNS, MAX_PATH_CHARS, parseFieldPath, splitFieldPaths } from './field-path.ts';
import { ClusterId, TopicName } from './ids.ts';

/** Field paths, separated by commas, that somebody has as columns of a topic's records whenever an address names none. */
const Columns = z
  .string()
  .max(MAX_COLUMNS * MAX_PATH_CHARS)
  .refine((text) => {
    const paths = splitFieldPaths(text);
    return paths.length <= MAX_COLUMNS && paths.every((path) => parseFieldPath(path) !== null);
  }, 'One of these is no field.');

export const PinColumnsInput = z.strictObject({ clusterId: ClusterId, topic: TopicName, columns: Columns });

/** What was kept, as columns; nothing where it does not read as such. */
export const pinnedColumnsOf = (kept: unknown): string => Columns.safeParse(kept).data ?? '';

/** Name of the preference of one topic. */
export const pinnedColumnsKey = (clusterId: string, topic: string): string => `columns:${clusterId}:${topic}`;
