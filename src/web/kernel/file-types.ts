// The kinds of file a route may give out, with the media type each is sent under.

export const fileTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  zip: 'application/zip',
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
} as const;

export type GivenKind = keyof typeof fileTypes;

/** The kind of file a media type is, which also ends its name; throws for one that no route gives. */
export function kindOfType(type: string): GivenKind {
  const kind = (Object.keys(fileTypes) as GivenKind[]).find((one) => fileTypes[one] === type);
  if (kind === undefined) throw new Error(`No route gives files of type ${type}`);
  return kind;
}
