import { startMillrace } from '#lib/collector/start-millrace.ts';

/**
 * An instance of Millrace without its web server, as a process of its own that a test can kill: what runs in the
 * background, by the same start. Ends with its standard input.
 */
process.stdin.on('end', () => process.exit(0)).resume();
await startMillrace();
