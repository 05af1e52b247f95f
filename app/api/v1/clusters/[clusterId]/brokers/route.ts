import { serve } from '#lib/operations/serve.ts';
import { listBrokers } from '#lib/services/broker/list-brokers.ts';

export const GET = serve(listBrokers);
