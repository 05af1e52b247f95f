/** Most bytes shown of one field of a message in a list; what is larger is cut. */
export const PREVIEW_BYTES = 20 * 1024;

/** Most bytes shown of one field of a message that was opened; what is larger is a download. */
export const DETAIL_BYTES = 1024 * 1024;
