'use server';

import { expose } from '#lib/operations/expose.ts';
import { planProduceMany, produceMany } from '#lib/services/message/produce-many.ts';
import { planProduceMessage, produceMessage } from '#lib/services/message/produce-message.ts';
import { deleteSearch } from '#lib/services/search/delete-search.ts';
import { pinColumns } from '#lib/services/search/pin-columns.ts';
import { saveSearch } from '#lib/services/search/save-search.ts';
import { overrideSerde } from '#lib/services/serde/override-serde.ts';
import { deleteTemplate } from '#lib/services/template/delete-template.ts';
import { saveTemplate } from '#lib/services/template/save-template.ts';

export const produceMessageAction = expose(produceMessage);
export const saveSearchAction = expose(saveSearch);
export const deleteSearchAction = expose(deleteSearch);
export const pinColumnsAction = expose(pinColumns);
export const overrideSerdeAction = expose(overrideSerde);
export const planProduceMessageAction = expose(planProduceMessage);
export const produceManyAction = expose(produceMany);
export const planProduceManyAction = expose(planProduceMany);
export const saveTemplateAction = expose(saveTemplate);
export const deleteTemplateAction = expose(deleteTemplate);
