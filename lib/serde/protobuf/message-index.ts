import { Malformed } from '../malformed.ts';
import type { ProtoCursor } from './proto-cursor.ts';

/** Deeper than messages are nested in each other's definition. */
const MAX_PATH = 50;

/**
 * The path of the message type in its file, as it stands before the value: zigzag varints led by their count; a single 0 is the
 * first message. Throws `Malformed`.
 */
export function readMessageIndex(cursor: ProtoCursor): string {
  const count = zigzag(cursor);
  if (count === 0) return '0';
  if (count < 0 || count > MAX_PATH)
    throw new Malformed(`the path of its message type claims ${count} steps`);
  const path: number[] = [];
  for (let i = 0; i < count; i++) path.push(zigzag(cursor));
  return path.join(',');
}

function zigzag(cursor: ProtoCursor): number {
  const value = cursor.readInt32();
  return (value >>> 1) ^ -(value & 1);
}
