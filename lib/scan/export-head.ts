import { csvLine } from '#lib/model/csv.ts';
import type { ExportFormat } from '#lib/model/message-export.ts';

/** The first line of a file; empty where the format has none. */
export const exportHead = (format: ExportFormat, fields: readonly string[]): string =>
  format === 'csv' ? csvLine(fields) : '';
