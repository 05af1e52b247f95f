/** Most bytes shown of one field of a message in a list; what is larger is cut. */
export const PREVIEW_BYTES = 20 * 1024;

/** Most bytes shown of one field of a message that was opened; what is larger is a download. */
export const DETAIL_BYTES = 1024 * 1024;

/** Rows after which one streamed search ends by itself; its token goes on. */
export const maxSearchRows = 5_000;

/** Rows of one batch of a live tail; what came above that is counted as dropped. */
export const maxTailRows = 200;

/** The longest filter expression (safety: refused at save and at run). */
export const MAX_EXPRESSION_BYTES = 2048;

/** Megabytes that one search reads of the brokers unless it asks for others, and the most it may ask for. */
export const searchBudgetMb = 512;
export const maxSearchBudgetMb = 100_000;
