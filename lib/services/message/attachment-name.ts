/** A name that is safe in a header and on any disk: brokers have accepted other names than today's rule. */
export function attachmentName(topic: string, partition: number, offset: string, field: string): string {
  const safe = topic
    .replace(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^\.+/, '')
    .slice(0, 120);
  return `${safe || 'topic'}-${partition}-${offset}-${field}.bin`;
}
