/** Addresses as one line of text that consists of the family's name and some fields: `vsock:2:1024`. */

/** Joins fields to `family:field:field`. Characters that a field must not contain are escaped as in a URL. */
export function joinFields(family: string, ...fields: (string | number | bigint)[]): string {
  return [family, ...fields.map(field => encodeURIComponent(String(field)))].join(':');
}

/** Splits text into its fields. Returns `undefined` if it has another family or another number of fields. */
export function splitFields(text: string, family: string, ...counts: number[]): string[] | undefined {
  const [head, ...fields] = text.split(':');
  if (head !== family || !counts.includes(fields.length)) return undefined;
  try {
    return fields.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Parses a field that must be a decimal number within limits. */
export function numberField(field: string | undefined, most: number): number | undefined {
  if (field === undefined || !/^\d{1,10}$/.test(field)) return undefined;
  const number = Number(field);
  return number <= most ? number : undefined;
}

/** Parses several such fields. Returns `undefined` if one of them is invalid. */
export function numberFields(fields: readonly (string | undefined)[], most: number): number[] | undefined {
  const numbers = fields.map(field => numberField(field, most));
  return numbers.includes(undefined) ? undefined : (numbers as number[]);
}
