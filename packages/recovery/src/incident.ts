import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@gospelib/environment';
import type { Plan } from './rules/rule.ts';
import type { Finding } from './snapshot/finding.ts';

/** One step as it was done, or as it failed. */
export interface DoneStep {
  /** The rule of the matrix by which it was chosen. */
  rule: string;
  says: string;
  /** ISO 8601. */
  at: string;
  seconds: number;
  ok: boolean;
  /** What it did, or why it could not. */
  result: string;
}

/** One time around: looked, chose, did. */
export interface Round {
  at: string;
  lookSeconds: number;
  findings: readonly Finding[];
  plans: readonly Plan[];
  steps: DoneStep[];
}

export interface Incident {
  /** ISO 8601. */
  startedAt: string;
  seconds: number;
  /** Whether repairs were to be made; else it only looked. */
  executed: boolean;
  /** `unknown`: nothing is known to be wrong, but not everything could be looked at. */
  outcome: 'healthy' | 'recovered' | 'refused' | 'failed' | 'unknown';
  /** Seconds until readers were answered well after the first repair; undefined when nothing was repaired. */
  servedSeconds?: number;
  rounds: readonly Round[];
}

/** Writes it down and returns where, for people; where it cannot be written it returns all of it. */
export function keepIncident(
  environment: Pick<Environment, 'recordFolder'>,
  incident: Incident,
): string {
  try {
    return `The incident is recorded in ${writeIncident(environment, incident)}.md`;
  } catch (error) {
    const why = `The incident cannot be written to ${environment.recordFolder}: ${(error as Error).message}`;
    return `${why}\nKeep this instead:\n\n${describeIncident(incident)}`;
  }
}

/** So that only the owner reads it, as JSON and for people; returns the path without its ending. */
function writeIncident(environment: Pick<Environment, 'recordFolder'>, incident: Incident): string {
  const folder = environment.recordFolder;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, incident.startedAt.replaceAll(':', '-'));
  writeFileSync(`${path}.json`, `${JSON.stringify(incident, null, 2)}\n`, { mode: 0o600 });
  writeFileSync(`${path}.md`, describeIncident(incident), { mode: 0o600 });
  return path;
}

function describeIncident({ startedAt, seconds, outcome, rounds }: Incident): string {
  const lines = [
    `# Incident of ${startedAt}`,
    '',
    `Outcome: **${outcome}** after ${seconds.toFixed(1)} s.`,
  ];
  for (const { at, lookSeconds, findings, plans, steps } of rounds) {
    lines.push('', `## Looked at ${at} (${lookSeconds.toFixed(1)} s)`, '');
    if (findings.length === 0) lines.push('Nothing is wrong.');
    for (const { level, text, details = [] } of findings) {
      lines.push(`- ${level}: ${text}`, ...details.map((detail) => `  - ${detail}`));
    }
    for (const { when, mayLose, refused } of plans) {
      lines.push('', `**${when}.**`);
      if (mayLose !== undefined) lines.push(`May lose: ${mayLose}.`);
      if (refused !== undefined) lines.push(`Refused: ${refused}`);
    }
    if (steps.length > 0) lines.push('', '| step | at | seconds | result |', '|---|---|---|---|');
    for (const step of steps) {
      const result = `${step.ok ? '' : 'FAILED: '}${step.result}`.replaceAll('\n', ' ');
      lines.push(`| ${step.says} | ${step.at} | ${step.seconds.toFixed(2)} | ${result} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}
