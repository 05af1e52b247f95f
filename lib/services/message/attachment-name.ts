/** A name that is safe in a header and on any disk: brokers have accepted other names than today's rule. */
export function attachmentName(topic: string, partition: number, offset: string, field: string): string {
  return `${safeName(topic)}-${partition}-${offset}-${field}.bin`;
}

/** The name of an export's file, by its topic and when it was made. */
export const exportName = (topic: string, at: Date, format: 'ndjson' | 'csv'): string =>
  `${safeName(topic)}-${at.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}.${format}`;

const safeName = (topic: string): string =>
  topic
    .replace(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^\.+/, '')
    .slice(0, 120) || 'topic';
