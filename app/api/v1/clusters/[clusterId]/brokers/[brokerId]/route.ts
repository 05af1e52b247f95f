import { serve } from '#lib/operations/serve.ts';
import { readBroker } from '#lib/services/broker/read-broker.ts';

export const GET = serve(readBroker);
