import {
  DeleteRouteCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { DeleteGroupPolicyCommand, GetGroupPolicyCommand } from '@aws-sdk/client-iam';
import { DescribeDBParametersCommand, ModifyDBParameterGroupCommand } from '@aws-sdk/client-rds';
import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53';
import { cloud } from './cloud.reader.ts';

const NAME = 'gospelib-staging';
const ZONE = 'gospelib.com.';
const ORIGIN = 'origin.staging.gospelib.com.';
const WRONG = '192.0.2.1';
const pods = { GroupName: `${NAME}-pods`, PolicyName: 'pods' };
const parameters = { DBParameterGroupName: `${NAME}-postgres16` };

/** Made by hand at the provider, and whether it is as applied, by AWS' own clients. */
interface Misconfiguration {
  /** Of its drill. */
  name: string;
  /** In a sentence without its full stop. */
  breaks: string;
  /** As recovery names it. */
  kind: string;
  /** How the address of what is broken begins. */
  target: string;
  make(): Promise<void>;
  isMended(): Promise<boolean>;
}

export const misconfigurations: readonly Misconfiguration[] = [
  {
    name: 'rule-revoked',
    breaks: 'A rule of the database’s security group is revoked',
    kind: 'security group',
    target: 'module.database.aws_vpc_security_group_ingress_rule.clients',
    async make() {
      for (const { GroupId, SecurityGroupRuleId = '' } of await databaseRules()) {
        await cloud.ec2.send(
          new RevokeSecurityGroupIngressCommand({
            GroupId,
            SecurityGroupRuleIds: [SecurityGroupRuleId],
          }),
        );
      }
    },
    isMended: async () => (await databaseRules()).length > 0,
  },
  {
    name: 'parameters-changed',
    breaks: '`rds.force_ssl` is switched off in the database’s parameter group',
    kind: 'parameters',
    target: 'module.database.aws_db_parameter_group.this',
    async make() {
      const off = {
        ParameterName: 'rds.force_ssl',
        ParameterValue: '0',
        ApplyMethod: 'immediate' as const,
      };
      await cloud.rds.send(new ModifyDBParameterGroupCommand({ ...parameters, Parameters: [off] }));
    },
    isMended: async () => (await forceSsl()) === '1',
  },
  {
    name: 'name-led-elsewhere',
    breaks: 'The origin’s address is led elsewhere',
    kind: 'name',
    target: 'module.names.aws_route53_record.address',
    async make() {
      const ResourceRecordSet = {
        Name: ORIGIN,
        Type: 'A' as const,
        TTL: 60,
        ResourceRecords: [{ Value: WRONG }],
      };
      await cloud.route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: await zoneId(),
          ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
        }),
      );
    },
    isMended: async () => ![undefined, WRONG].includes(await originAddress()),
  },
  {
    name: 'rights-deleted',
    breaks: 'The rights of the cluster’s pods are deleted',
    kind: 'rights',
    target: 'module.cluster.aws_iam_group_policy.pods',
    async make() {
      await cloud.iam.send(new DeleteGroupPolicyCommand(pods));
    },
    isMended: () =>
      cloud.iam.send(new GetGroupPolicyCommand(pods)).then(
        ({ PolicyDocument }) => PolicyDocument?.includes('GetSecretValue') === true,
        () => false,
      ),
  },
  {
    name: 'route-deleted',
    breaks: 'The default route is deleted',
    kind: 'route',
    target: 'module.network.aws_route.internet',
    async make() {
      for (const { table } of await publicTables()) {
        await cloud.ec2.send(
          new DeleteRouteCommand({ RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0' }),
        );
      }
    },
    isMended: async () => (await publicTables()).every(({ leadsOut }) => leadsOut),
  },
];

async function databaseRules() {
  const { SecurityGroupRules = [] } = await cloud.ec2.send(
    new DescribeSecurityGroupRulesCommand({}),
  );
  return SecurityGroupRules.filter(
    ({ IsEgress, FromPort }) => IsEgress === false && FromPort === 5432,
  );
}

async function forceSsl(): Promise<string | undefined> {
  const { Parameters = [] } = await cloud.rds.send(new DescribeDBParametersCommand(parameters));
  return Parameters.find(({ ParameterName }) => ParameterName === 'rds.force_ssl')?.ParameterValue;
}

async function zoneId(): Promise<string> {
  const { HostedZones = [] } = await cloud.route53.send(
    new ListHostedZonesByNameCommand({ DNSName: ZONE }),
  );
  return HostedZones[0]?.Id ?? '';
}

async function originAddress(): Promise<string | undefined> {
  const { ResourceRecordSets = [] } = await cloud.route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: await zoneId() }),
  );
  return ResourceRecordSets.find(({ Name }) => Name === ORIGIN)?.ResourceRecords?.[0]?.Value;
}

async function publicTables() {
  const { RouteTables = [] } = await cloud.ec2.send(new DescribeRouteTablesCommand({}));
  return RouteTables.filter(({ Tags = [] }) =>
    Tags.some(({ Value }) => Value === `${NAME}-public`),
  ).map(({ RouteTableId, Routes = [] }) => ({
    table: RouteTableId,
    leadsOut: Routes.some(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0'),
  }));
}
