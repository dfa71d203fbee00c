import type { Rule } from './rule.ts';

/** What everything else stands on. The state comes first: without it nothing can be compared. */
export const infraRules: readonly Rule[] = [
  {
    name: 'state-held',
    area: 'infrastructure',
    when: 'Somebody holds Terraform’s state',
    remedy: 'refuse: only a person knows whether that process lives; `infra state unlock` frees it',
    applies: ({ provider }) => provider?.lock !== undefined,
    plan: ({ provider }) => ({
      steps: [],
      expectedSeconds: 0,
      refused: `${provider?.lock?.says} Wait for it; if that process is dead: \`./gl infra state unlock ${provider?.environment}\`, then this again.`,
    }),
  },
  {
    name: 'state-damaged',
    area: 'infrastructure',
    when: 'Terraform’s state is lost, damaged, or older than the world',
    remedy: 'put its newest version back; the plan has to come out empty then',
    applies: ({ provider }) => provider?.state?.restore !== undefined,
    plan: ({ provider }) => {
      const version = provider?.state?.restore ?? '';
      return {
        steps: [
          {
            step: 'restore-state',
            subject: version,
            says: `Put version ${version} of the state back`,
          },
        ],
        expectedSeconds: 30,
      };
    },
  },
  {
    name: 'state-nowhere',
    area: 'infrastructure',
    when: 'There is no version of Terraform’s state to go back to',
    remedy: 'refuse: what is there has to be imported by a person',
    applies: ({ provider }) => provider?.state !== undefined,
    plan: ({ provider }) => ({
      steps: [],
      expectedSeconds: 0,
      refused: `${provider?.state?.says} Nothing is applied without a state: it would make everything a second time.`,
    }),
  },
  {
    name: 'infra-drifted',
    area: 'infrastructure',
    when: 'Infrastructure was changed behind Terraform’s back: security groups, routes, names, rights, parameters',
    remedy: 'apply what git says to these resources alone; refuse where something would be lost',
    applies: ({ provider }) => (provider?.drifted.length ?? 0) > 0,
    plan: ({ provider }) => {
      const addresses = provider?.drifted.map(({ address }) => address) ?? [];
      return {
        steps: [
          {
            step: 'mend-infrastructure',
            subject: addresses.join(' '),
            says: `Make ${addresses.join(', ')} what was applied`,
          },
        ],
        expectedSeconds: 90,
      };
    },
  },
];
