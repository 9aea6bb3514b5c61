/**
 * What a subject wants from the C headers, as data. `tables/subjects/` holds one of these a subject; the generator turns them
 * into `constants.ts` and `layout.ts`.
 */
export interface Subject {
  readonly name: string;
  /** The generated file of constants, from the repository's root. */
  readonly constants?: string;
  /** The generated file of structure sizes and offsets. */
  readonly layout?: string;
  /** The platform whose structures those are; Linux where left out. */
  readonly platform?: Platform;
  /** The headers a group is compiled against when it names none; a platform left out is never asked. */
  readonly headers: Headers;
  readonly groups: readonly Group[];
  readonly structs?: readonly Struct[];
  readonly strings?: readonly Text[];
  readonly guids?: Guids;
}

/** What a constant is an argument of; `src/constants/kinds.ts` has a type for each. */
export type Kind = 'family' | 'type' | 'protocol' | 'protocol and level' | 'level' | 'option' | 'how';

export type Platform = 'linux' | 'win32' | 'darwin' | 'freebsd';
export type Headers = Readonly<Partial<Record<Platform, readonly string[]>>>;

/** Constants that share a header and a manual page. */
export interface Group {
  /** What is said of a name that has no line of its own here and no comment in the header. */
  readonly about: string;
  readonly man?: string;
  /** Instead of the subject's, platform by platform: some headers quarrel (netinet/tcp.h, linux/tcp.h). None: not asked. */
  readonly headers?: Headers;
  /** Written as hexadecimal: flags and masks. */
  readonly hex?: boolean;
  /** The name inside `Family<…>`, for AF_ and PF_ names. */
  readonly family?: string;
  /** What its constants are, for the compiler; a plain number where left out. */
  readonly kind?: Kind;
  /** The names that are of this kind, in words, where most of the group are plain numbers. */
  readonly only?: string;
  /** The names that are plain numbers, in words, where most of the group are of this kind. */
  readonly except?: string;
  /** Python has these names, and no platform of the tables has: they are absent everywhere, and no compiler is asked. */
  readonly absent?: boolean;
  /**
   * The names, in words. A line of its own may say more: `NAME: what it is.`; `OURS=EXPRESSION` where the exported name
   * is not the C expression.
   */
  readonly names: string;
}

/** A constant that is a string with us: the C one is a structure. */
export interface Text {
  readonly name: string;
  readonly about: string;
  readonly value: string;
}

/** Constants that are GUIDs in C, and text with us. */
export interface Guids {
  readonly headers: Headers;
  /** As a group's: `NAME: what it is.` or `OURS=THEIRS: what it is.` */
  readonly names: string;
}

/** A C structure whose size and offsets we need. */
export interface Struct {
  readonly name: string;
  /** The C type; `struct <name>` where left out. */
  readonly type?: string;
  readonly headers?: readonly string[];
  readonly about: string;
  /**
   * Fields in words: `name`, `name=member.path` where ours differs, `name=@expression` (no spaces) for what offsetof cannot say,
   * and a `+` at the end to have `name_size` too.
   */
  readonly fields: string;
}

export interface Constant {
  readonly name: string;
  readonly expression: string;
  readonly about: string | undefined;
  readonly group: Group;
}

/**
 * The headers of a platform. FreeBSD's have the names of macOS's, and need the types of `sys/types.h` first; a subject
 * that has others names them.
 */
export function headersFor(headers: Headers | undefined, platform: Platform): readonly string[] | undefined {
  const own = headers?.[platform];
  if (own !== undefined || platform !== 'freebsd') return own;
  const related = headers?.darwin;
  return related === undefined || related.length === 0 ? related : ['sys/types.h', ...related];
}

/** A group's names: words, and lines that document one name. */
export function constantsOf(group: Group): Constant[] {
  return group.names.split('\n').flatMap(line => {
    const told = /^\s*(\w+)(?:=([^:]+))?: (.+)$/.exec(line);
    if (told) return [{ name: told[1]!, expression: told[2] ?? told[1]!, about: told[3]!, group }];
    return line.split(/\s+/).flatMap(word => (word === '' ? [] : [constantOf(word, group)]));
  });
}

function constantOf(word: string, group: Group): Constant {
  const [name, expression] = word.split('=') as [string, string?];
  return { name, expression: expression ?? name, about: undefined, group };
}

/** What a constant is; undefined for a plain number. */
export function kindOf({ name, group }: Constant): Kind | undefined {
  if (group.family !== undefined) return 'family';
  const listed = (names: string | undefined) => names?.split(/\s+/).includes(name);
  return listed(group.only) === false || listed(group.except) === true ? undefined : group.kind;
}

/** The names of `only` and `except` that their group does not have. */
export function strayNames(group: Group): string[] {
  const names = new Set(constantsOf(group).map(constant => constant.name));
  const listed = `${group.only ?? ''} ${group.except ?? ''}`.split(/\s+/);
  return listed.filter(name => name !== '' && !names.has(name));
}

/** The GUIDs of a subject. */
export function guidsOf({ guids }: Subject): Constant[] {
  return guids === undefined ? [] : constantsOf({ about: '', names: guids.names });
}

/** The probe's key and C expression of everything a structure's row asks. */
export function measuresOf(struct: Struct): { key: string; expression: string }[] {
  const type = struct.type ?? `struct ${struct.name}`;
  const fields = struct.fields.split(/\s+/).filter(word => word !== '');
  const measures = fields.flatMap(word => {
    const sized = word.endsWith('+');
    const [name, path = name] = word.replace(/\+$/, '').split('=') as [string, string?];
    const offset = path!.startsWith('@') ? path!.slice(1) : `offsetof(${type}, ${path})`;
    const size = { key: `${struct.name}.${name}_size`, expression: `sizeof(((${type} *)0)->${path})` };
    return [{ key: `${struct.name}.${name}`, expression: offset }, ...(sized ? [size] : [])];
  });
  return [{ key: `${struct.name}.size`, expression: `sizeof(${type})` }, ...measures];
}
