import { serve } from '#lib/operations/serve.ts';
import { listBrokerConfigs } from '#lib/services/broker/list-broker-configs.ts';

export const GET = serve(listBrokerConfigs);
