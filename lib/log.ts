/**
 * Log lines as JSON on stdout, one per event. Only the fields named here are written, so that a password
 * or a payload cannot get into the log by passing an object along (R29).
 */
const allowed = new Set([
  'reference',
  'requestId',
  'userId',
  'cluster',
  'action',
  'operationId',
  'outcome',
  'code',
  'target',
  'method',
  'path',
  'status',
  'durationMs',
  'broker',
  'api',
  'attempt',
  'reason',
  'port',
  'host',
  'phase',
  'signal',
  'step',
  'topics',
  'partitions',
  'groups',
  'brokers',
  'count',
  'name',
  'version',
  'pid',
  'bytes',
  'delayMs',
  'group',
  'topic',
]);

export type LogFields = Readonly<Record<string, unknown>>;

/** Control characters, ANSI sequences and line separators become visible escapes: a name must not forge a line. */
export const neutral = (text: string): string =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The line for an event. An `error` field is written as its name, message and stack. */
export function logLine(level: string, event: string, fields: LogFields, at: Date = new Date()): string {
  const line: Record<string, unknown> = { at: at.toISOString(), level, event };
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'error') line.error = describeError(value);
    else if (allowed.has(key) && value !== undefined) line[key] = scalar(value);
  }
  return JSON.stringify(line);
}

const scalar = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'boolean' || value === null
    ? value
    : neutral(String(value)).slice(0, 500);

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: neutral(String(error)).slice(0, 500) };
  return {
    name: error.name,
    message: neutral(error.message).slice(0, 1000),
    stack: error.stack
      ?.split('\n')
      .slice(1, 9)
      .map((frame) => neutral(frame.trim())),
    ...(error.cause
      ? {
          cause: neutral(error.cause instanceof Error ? error.cause.message : String(error.cause)).slice(
            0,
            500,
          ),
        }
      : {}),
  };
}

const write =
  (level: string) =>
  (event: string, fields: LogFields = {}) => {
    process.stdout.write(`${logLine(level, event, fields)}\n`);
  };

export const log = { info: write('info'), warn: write('warn'), error: write('error') };
