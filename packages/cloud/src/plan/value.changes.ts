import { isDeepStrictEqual } from 'node:util';
import type { ResourceChange } from './plan.schema.ts';

const MAX_LENGTH = 60;

/** `storage_encrypted false → true (forces replacement)`, an attribute each. */
export function describeChanges(change: ResourceChange['change']): readonly string[] {
  const { before, after, after_unknown, replace_paths } = change;
  const unknown = asRecord(after_unknown);
  const forced = new Set(replace_paths.map(([first]) => String(first)));
  const names = [...new Set([...keys(before), ...keys(after), ...keys(unknown)])].sort();
  return names.flatMap((name) => {
    const isUnknown = unknown[name] === true;
    if (!isUnknown && isDeepStrictEqual(before?.[name] ?? null, after?.[name] ?? null)) return [];
    // Computed values that follow from another change tell nothing.
    if (isUnknown && !forced.has(name)) return [];
    const why = forced.has(name) ? ' (forces replacement)' : '';
    if (isHidden(change, name)) return [`${name} changes, and is secret${why}`];
    const to = isUnknown ? 'what is known after it' : show(after?.[name]);
    return [`${name} ${show(before?.[name])} → ${to}${why}`];
  });
}

function isHidden(
  { before_sensitive, after_sensitive }: ResourceChange['change'],
  name: string,
): boolean {
  return [before_sensitive, after_sensitive].some((marks) => {
    const mark = asRecord(marks)[name];
    return mark === true || JSON.stringify(mark ?? null).includes('true');
  });
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function keys(record: object | null): readonly string[] {
  return record === null ? [] : Object.keys(record);
}

function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
