import { startFakeCluster } from './fake-broker.ts';

/**
 * A fake cluster as a process of its own, so that what it costs is not counted as ours. The shape is given as JSON
 * in the first argument; the bootstrap list is printed as one line. Ends with its standard input.
 */
const cluster = await startFakeCluster(JSON.parse(process.argv[2] ?? '{}'));
process.stdout.write(`${JSON.stringify(cluster.bootstrap)}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
