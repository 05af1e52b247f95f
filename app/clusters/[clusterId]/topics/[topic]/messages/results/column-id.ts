/** A field's path as the id of its column. */
export const columnId = (path: string): string => `field-${path}`;
