import type { LocalConfig } from '../config/local.config.ts';

/** What one look at the machine found. */
export interface Finding {
  what: string;
  level: 'ok' | 'warning' | 'fault';
  text: string;
  /** What to do about it. */
  remedy?: string;
}

export type Check = (config: LocalConfig) => Finding[] | Promise<Finding[]>;

export function ok(what: string, text: string): Finding {
  return { what, level: 'ok', text };
}

export function warning(what: string, text: string, remedy: string): Finding {
  return { what, level: 'warning', text, remedy };
}

export function fault(what: string, text: string, remedy: string): Finding {
  return { what, level: 'fault', text, remedy };
}
