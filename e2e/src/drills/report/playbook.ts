import { rules } from '@gospelib/recovery';
import { drills } from '../drill.catalogue.ts';
import { type DrillRun, drillTable } from './drill.table.ts';

/** Between these lines of the guide everything is generated. */
const marks = {
  matrix: ['<!-- matrix: written by ./gl drill NAME… --write -->', '<!-- /matrix -->'],
  drills: ['<!-- drills: written by ./gl drill NAME… --write -->', '<!-- /drills -->'],
} as const;

/** The guide with its generated parts renewed. @throws Error when it lacks a mark */
export function renewPlaybook(guide: string, run: DrillRun): string {
  const withMatrix = replaceBetween(guide, marks.matrix, decisionMatrix());
  return replaceBetween(withMatrix, marks.drills, drillSection(run));
}

/** What was recorded, with the results of a run in the place of those of the same drills; in the catalogue's order. */
export function mergeRuns(recorded: DrillRun, run: DrillRun): DrillRun {
  const results = new Map([...recorded.drills, ...run.drills].map((one) => [one.name, one]));
  return { ...run, drills: drills.flatMap(({ name }) => results.get(name) ?? []) };
}

/** Every rule by which `recover` chooses, and what is broken in the drills. */
function decisionMatrix(): string {
  const lines = rules.map(({ name, area, when, remedy }) => {
    return `| ${area} | ${when} | ${remedy} | \`${name}\` |`;
  });
  return [
    '| where | what is so | what `recover` does | rule |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n');
}

function drillSection(run: DrillRun): string {
  const broken = drills.map(({ name, breaks }) => `- \`${name}\`: ${breaks}.`);
  if (run.drills.length === 0) {
    const none = 'No run is recorded yet: `./gl drill all --write` records one.';
    return [none, '', 'What is broken in each:', '', ...broken].join('\n');
  }
  const days = run.drills.map(({ at }) => at.slice(0, 'YYYY-MM-DD'.length)).sort();
  const when = [...new Set([days.at(0), days.at(-1)])].join(' to ');
  const head = `Recorded ${when}, ${run.machine}, ${run.notes.toLocaleString('en')} notes in the database.`;
  const recorded = new Set(run.drills.map(({ name }) => name));
  const missing = drills.filter(({ name }) => !recorded.has(name)).map(({ name }) => `\`${name}\``);
  const open = missing.length === 0 ? [] : ['', `Not recorded yet: ${missing.join(', ')}.`];
  const table = drillTable(run);
  return [head, '', table, ...open, '', 'What is broken in each:', '', ...broken].join('\n');
}

function replaceBetween(
  text: string,
  [from, to]: readonly [string, string],
  inner: string,
): string {
  const start = text.indexOf(from);
  const end = text.indexOf(to);
  if (start === -1 || end < start) throw new Error(`The guide lacks ${from} … ${to}.`);
  return `${text.slice(0, start + from.length)}\n${inner}\n${text.slice(end)}`;
}
