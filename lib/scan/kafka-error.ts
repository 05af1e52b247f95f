/** Kafka's error codes that the engine acts upon. */
export const OFFSET_OUT_OF_RANGE = 1;

/** Leadership or the topic moved: look at the metadata again. */
const movedCodes = new Set([3, 5, 6, 9, 74, 75, 76, 78, 100, 103]);

export const isMoved = (errorCode: number): boolean => movedCodes.has(errorCode);

const named: Record<number, string> = {
  3: 'the broker does not know it',
  5: 'it has no leader',
  6: 'its leader moved',
  29: 'reading this topic is not authorised',
  56: 'the disk that holds it failed',
  78: 'its offsets are not available yet',
  100: 'the broker does not know the topic id',
};

/** What such a code means for one partition, as the end of a sentence. */
export function errorReason(errorCode: number): string {
  return named[errorCode] ?? `Kafka answered error ${errorCode}`;
}
