import type { Environment } from '@gospelib/environment';
import type { Delivery } from '../delivery.port.ts';
import type { Provider } from '../provider.port.ts';

export interface StepContext {
  environment: Environment;
  /** What delivers releases; undefined: nothing does. */
  delivery?: Delivery | undefined;
  /** What the environment stands on; undefined: it is not asked. */
  provider?: Provider | undefined;
  /** What a person should know while it goes on. */
  say(line: string): void;
  /** A person has agreed to what the plan may lose. */
  acceptDataLoss: boolean;
}

/**
 * Does one thing and says what it did. Each checks what it stands on, can be killed at any moment and run again, and
 * changes nothing for readers and writers before its last moment.
 * @throws Error that says what went wrong and what was left as it was
 */
export type Step = (context: StepContext, subject: string) => Promise<string>;
