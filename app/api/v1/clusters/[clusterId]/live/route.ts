import { streamSamples } from '#lib/services/cluster/stream-samples.ts';

export const dynamic = 'force-dynamic';

export const GET = streamSamples;
