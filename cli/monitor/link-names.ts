/** The names of links by their indexes. Events of a link can be read after it was deleted, when nobody else knows its name. */
import { if_indextoname } from 'berkeley';
import type { Link } from 'berkeley/netlink';

export class LinkNames {
  readonly #names = new Map<number, string>();

  /** @param links the links that exist */
  constructor(links: readonly Link[]) {
    for (const link of links) this.add(link);
  }

  /** Keeps the name of a link that was added, renamed or deleted. */
  add({ index, name }: Link): void {
    this.#names.set(index, name);
  }

  of(index: number): string {
    return this.#names.get(index) ?? currentName(index) ?? `if${index}`;
  }
}

/** The name of a link that was added since, while its events are not watched. */
function currentName(index: number): string | undefined {
  try {
    return if_indextoname(index);
  } catch {
    return undefined;
  }
}
