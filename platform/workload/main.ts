import { parseArgs } from 'node:util';
import { log } from '#lib/log.ts';
import { startWorkload } from './start-workload.ts';

const usage = `Usage: node platform/workload/main.ts --bootstrap HOST:PORT[,…] --registry URL [--rate 300] [--seed 1]
  --bootstrap  brokers of the cluster to write to
  --registry   base of a Confluent-compatible schema registry
  --rate       records a second on average, 1 to 10000
  --seed       the same seed gives the same orders`;

function readArguments() {
  const { values } = parseArgs({
    options: {
      bootstrap: { type: 'string' },
      registry: { type: 'string' },
      rate: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
    },
  });
  const rate = Number(values.rate);
  if (!values.bootstrap) throw new Error('--bootstrap is missing');
  if (!values.registry || !URL.canParse(values.registry)) throw new Error('--registry is missing or no URL');
  if (!(rate >= 1 && rate <= 10_000)) throw new Error(`--rate is "${values.rate}"; give 1 to 10000`);
  return {
    bootstrap: values.bootstrap.split(',').map((address) => address.trim()),
    registryUrl: values.registry,
    rate,
    seed: values.seed,
  };
}

async function main(): Promise<number> {
  let options: ReturnType<typeof readArguments>;
  try {
    options = readArguments();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    return 2;
  }
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  // The clients answer some lost connections with a rejection that nobody holds: the loops start them anew.
  process.on('unhandledRejection', (error) => log.warn('workload.unhandled', { error }));
  try {
    const workload = await startWorkload({ ...options, signal: stop.signal });
    await workload.ended;
    log.info('workload.stopped', { count: workload.sent() });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  return 0;
}

process.exit(await main());
