/** Addresses that are a family's name and some fields, as one line of text: `vsock:2:1024`. */

/** `family:field:field`, with what a field must not contain escaped as in a URL. */
export function joinFields(family: string, ...fields: (string | number | bigint)[]): string {
  return [family, ...fields.map(field => encodeURIComponent(String(field)))].join(':');
}

/** The fields of such a text, or `undefined` when it is of another family or has another number of them. */
export function splitFields(text: string, family: string, ...counts: number[]): string[] | undefined {
  const [head, ...fields] = text.split(':');
  if (head !== family || !counts.includes(fields.length)) return undefined;
  try {
    return fields.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** A field that has to be a decimal number within limits. */
export function numberField(field: string | undefined, most: number): number | undefined {
  if (field === undefined || !/^\d{1,10}$/.test(field)) return undefined;
  const number = Number(field);
  return number <= most ? number : undefined;
}

/** The same for several, or `undefined` if one of them is none. */
export function numberFields(fields: readonly (string | undefined)[], most: number): number[] | undefined {
  const numbers = fields.map(field => numberField(field, most));
  return numbers.includes(undefined) ? undefined : (numbers as number[]);
}
