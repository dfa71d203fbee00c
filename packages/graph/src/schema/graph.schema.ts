type ScalarType = 'string' | 'integer' | 'double' | 'boolean';
/** Type of a property; `?` means that a node may lack it. Integers are exact up to 2^53. */
export type PropertyType = ScalarType | `${ScalarType}?`;
export type PropertyValue = string | number | boolean;

/** Node labels with their properties, in the order in which they are stored and hashed. */
export const nodeSchema = {
  Volume: { id: 'string', name: 'string', subtitle: 'string?', order: 'integer' },
  Book: {
    id: 'string',
    name: 'string',
    fullTitle: 'string',
    subtitle: 'string?',
    heading: 'string?',
    note: 'string?',
    volume: 'string',
    order: 'integer',
    chapters: 'integer',
    verses: 'integer',
  },
  Chapter: {
    id: 'string',
    book: 'string',
    number: 'integer',
    order: 'integer',
    verses: 'integer',
    heading: 'string?',
    title: 'string?',
    signature: 'string?',
  },
  Passage: {
    id: 'string',
    book: 'string',
    chapter: 'integer',
    verse: 'integer',
    order: 'integer',
    text: 'string',
    heading: 'string?',
    paragraph: 'boolean',
    connections: 'integer',
  },
  Word: {
    id: 'string',
    language: 'string',
    order: 'integer',
    lemma: 'string',
    key: 'string',
    transliteration: 'string?',
    translitKey: 'string?',
    pronunciation: 'string?',
    partOfSpeech: 'string?',
    gloss: 'string',
    definition: 'string',
    usage: 'string?',
    derivation: 'string?',
    verses: 'integer',
    forms: 'string',
  },
  /** `kind` is `person` or `place`, `words` are Strong's numbers. */
  Name: { id: 'string', label: 'string', kind: 'string?', verses: 'integer', words: 'string' },
  Topic: { id: 'string', name: 'string', passages: 'integer' },
  Commentary: { id: 'string', source: 'string', text: 'string', covers: 'string' },
} as const satisfies Record<string, Record<string, PropertyType>>;

/** Edge types: labels at both ends, and properties in the order in which they are stored and hashed. */
export const edgeSchema = {
  HAS_BOOK: { from: ['Volume'], to: ['Book'], properties: {} },
  HAS_CHAPTER: { from: ['Book'], to: ['Chapter'], properties: {} },
  HAS_VERSE: { from: ['Chapter'], to: ['Passage'], properties: {} },
  NEXT: { from: ['Passage'], to: ['Passage'], properties: {} },
  CROSS_REF: {
    from: ['Passage'],
    to: ['Passage'],
    properties: { reciprocal: 'boolean', shared: 'integer', rank: 'integer' },
  },
  USES_WORD: {
    from: ['Passage'],
    to: ['Word'],
    properties: { forms: 'string', count: 'integer' },
  },
  DERIVED_FROM: { from: ['Word'], to: ['Word'], properties: {} },
  QUOTES: {
    from: ['Passage'],
    to: ['Passage'],
    properties: { shared: 'integer', jaccard: 'double' },
  },
  /**
   * One edge for each word by which a verse mentions a name: twice in the corpus a verse has two words for one name.
   */
  MENTIONS: {
    from: ['Passage'],
    to: ['Name'],
    properties: { word: 'string?' },
    parallelBy: 'word',
  },
  ABOUT: { from: ['Topic'], to: ['Passage', 'Chapter', 'Book'], properties: {} },
  SEE_ALSO: { from: ['Topic'], to: ['Topic'], properties: {} },
  COMMENTS_ON: { from: ['Commentary'], to: ['Passage'], properties: {} },
} as const satisfies Record<
  string,
  {
    from: readonly NodeLabel[];
    to: readonly NodeLabel[];
    properties: Record<string, PropertyType>;
    /** The property that distinguishes parallel edges, where the schema allows them. */
    parallelBy?: string;
  }
>;

export type NodeLabel = keyof typeof nodeSchema;
export type EdgeType = keyof typeof edgeSchema;

export const nodeLabels = Object.keys(nodeSchema) as readonly NodeLabel[];
export const edgeTypes = Object.keys(edgeSchema) as readonly EdgeType[];

type Scalar<Type extends PropertyType> = Type extends `string${string}`
  ? string
  : Type extends `boolean${string}`
    ? boolean
    : number;
type Properties<Schema extends Record<string, PropertyType>> = {
  [Name in keyof Schema as Schema[Name] extends `${string}?` ? never : Name]: Scalar<Schema[Name]>;
} & {
  [Name in keyof Schema as Schema[Name] extends `${string}?` ? Name : never]?:
    | Scalar<Schema[Name]>
    | undefined;
};

/** A node to load, by its label. */
export type NodeRow<Label extends NodeLabel> = Properties<(typeof nodeSchema)[Label]>;
/** An edge to load, by its type; ends are the places of their nodes in the order of loading, from 0. */
export type EdgeRow<Type extends EdgeType> = { from: number; to: number } & Properties<
  (typeof edgeSchema)[Type]['properties']
>;

/** Range indexes: every label by id, and passages by canonical order. */
export const rangeIndexes: readonly (readonly [label: NodeLabel, property: string])[] = [
  ...nodeLabels.map((label) => [label, 'id'] as const),
  ['Passage', 'order'],
];
