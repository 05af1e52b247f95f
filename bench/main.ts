import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/**
 * All benchmarks, each in a process of its own so that CPU and memory are of that one alone. They print figures and are no
 * test: wall times depend on what else the machine does, CPU times much less. `npm run bench -- NAME…` runs some of them.
 */
const programs: Record<string, { file: string; what: string }> = {
  large: {
    file: 'large-cluster.ts',
    what: '10,000 topics × 10 through the collector and the lists, fake brokers',
  },
  refresh: {
    file: 'kafka-refresh.ts',
    what: 'the same cluster request by request, through the gateway alone',
  },
  server: { file: 'server.ts', what: 'the built server: start, HTTP, idle cost, JavaScript of the pages' },
  real: { file: 'real-cluster.ts', what: 'three brokers of its own with 1,000 topics × 10 and 500 groups' },
  lag: { file: 'lag.ts', what: 'lag of 500 and 5,000 groups on real brokers, beside Kafka’s own tool' },
  metrics: {
    file: 'metrics.ts',
    what: 'a tick of 10,000 topics with its history, a chart of a day, the largest of 10,000',
  },
  alerts: { file: 'alerts.ts', what: '1,000 alert rules held against 10,000 series, per tick' },
  database: { file: 'database.ts', what: 'the built-in PostgreSQL: starts, history, audit, secrets' },
  scan: { file: 'scan-decode.ts', what: 'decoding of record batches, beside kafkajs' },
  search: { file: 'search.ts', what: 'searches of 5 M records, beside kcat and the console consumer' },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in programs));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are:`);
  for (const [name, { what }] of Object.entries(programs)) console.error(`  ${name.padEnd(10)} ${what}`);
  process.exit(1);
}
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 1e9).toFixed(0)} GB`,
);
let failed = 0;
for (const [name, { file }] of Object.entries(programs)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'] });
  // Lines of the product's own log are for another reader.
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (!line.startsWith('{"at":')) console.log(line);
  });
  const [code] = await once(child, 'close');
  if (rest !== '') console.log(rest);
  if (code !== 0) {
    failed += 1;
    console.error(`✗ ${name} ended with ${code}.`);
  }
}
process.exit(failed === 0 ? 0 : 1);
