import type { Duration } from '../rules/rule.types.ts';

export const receivers = ['pages', 'tickets', 'dead-man'] as const;
export type Receiver = (typeof receivers)[number];

export interface AlertmanagerOptions {
  /**
   * Where a receiver listens: its address, or a file that holds it, because an address may be a secret; undefined: nobody
   * is told, and Alertmanager only shows what fires.
   */
  addressOf: (receiver: Receiver) => { url: string } | { url_file: string } | undefined;
  duration: Duration;
}

const minute = 60;
const hour = 60 * minute;

/**
 * Pages wake somebody at once, tickets are gathered, and the dead man’s switch goes to a receiver outside of the
 * platform, which wakes somebody when it stops arriving. https://prometheus.io/docs/alerting/latest/configuration/
 */
export function alertmanagerConfig({ addressOf, duration }: AlertmanagerOptions): object {
  const objectiveAlerts = 'alertname =~ "ReadersGetErrors|ReadersWait"';
  return {
    route: {
      receiver: 'tickets',
      group_by: ['alertname', 'service', 'objective'],
      group_wait: duration(30),
      group_interval: duration(5 * minute),
      repeat_interval: duration(12 * hour),
      routes: [
        {
          matchers: ['alertname = "DeadMansSwitch"'],
          receiver: 'dead-man',
          group_wait: '0s',
          group_interval: duration(minute),
          repeat_interval: duration(minute),
        },
        {
          matchers: ['severity = "page"'],
          receiver: 'pages',
          repeat_interval: duration(hour),
        },
      ],
    },
    inhibit_rules: [
      {
        // What follows from an absent process is not told of again.
        source_matchers: ['alertname = "ProcessAway"'],
        target_matchers: ['alertname =~ "ProcessRestarts|EventLoopBlocked"'],
        equal: ['service'],
      },
      {
        // The page says the same sooner.
        source_matchers: ['severity = "page"', objectiveAlerts],
        target_matchers: ['severity = "ticket"', objectiveAlerts],
        equal: ['alertname', 'objective', 'indicator'],
      },
    ],
    receivers: receivers.map((name) => {
      const address = addressOf(name);
      if (address === undefined) return { name };
      return { name, webhook_configs: [{ ...address, send_resolved: name !== 'dead-man' }] };
    }),
  };
}
