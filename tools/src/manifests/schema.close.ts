export type Schema = Record<string, unknown>;

/** Texts for people, and what only the API server does with a value. */
const dropped = ['description', 'default', 'format'];

/** The schema without texts; objects take only what they name, and quantities are text or number. */
export function closeSchema(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') {
    return { type: ['string', 'integer'] };
  }
  const kept = Object.entries(schema).filter(
    ([key]) => !dropped.includes(key) && !key.startsWith('x-kubernetes'),
  );
  const closed = Object.fromEntries(
    kept.map(([key, value]) => [key, key === 'properties' ? closeEach(value) : closeAny(value)]),
  );
  const isOpen = closed.properties === undefined || closed.additionalProperties !== undefined;
  if (isOpen || schema['x-kubernetes-preserve-unknown-fields']) return closed;
  return { ...closed, additionalProperties: false };
}

function closeAny(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeAny);
  return typeof value === 'object' && value !== null ? closeSchema(value as Schema) : value;
}

/** Keys below `properties` are names, not words of the schema. */
function closeEach(value: unknown): Schema {
  const entries = Object.entries(value as Schema);
  return Object.fromEntries(entries.map(([name, one]) => [name, closeAny(one)]));
}

interface Kind {
  group: string;
  version: string;
  kind: string;
}

/**
 * A kind of Kubernetes' own with all that it refers to, from its description of the API.
 * @throws Error for a kind that is not described
 */
export function withDefinitions(all: Readonly<Record<string, Schema>>, wanted: Kind): Schema {
  const top = Object.keys(all).find(
    (name) =>
      all[name]?.properties !== undefined &&
      (all[name]['x-kubernetes-group-version-kind'] as Kind[] | undefined)?.some(
        ({ group, version, kind }) =>
          group === wanted.group && version === wanted.version && kind === wanted.kind,
      ),
  );
  if (top === undefined) throw new Error(`No schema for ${JSON.stringify(wanted)}.`);
  const definitions: Record<string, Schema> = {};
  const open = [top];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (definitions[name]) continue;
    const isQuantity = name.endsWith('.Quantity');
    definitions[name] = isQuantity ? { type: ['string', 'number'] } : closeSchema(all[name] ?? {});
    const text = JSON.stringify(definitions[name]);
    open.push(...[...text.matchAll(/#\/definitions\/([^"]+)"/g)].map(([, found = '']) => found));
  }
  const { [top]: schema, ...rest } = definitions;
  return { ...schema, definitions: rest };
}
