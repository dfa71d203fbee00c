import type { Dashboard } from './dashboard.types.ts';
import {
  contentDashboard,
  costDashboard,
  deliveryDashboard,
  recoveryDashboard,
  storesDashboard,
} from './data.dashboards.ts';
import { platformDashboard, readersDashboard, serviceDashboard } from './request.dashboards.ts';

/** The one list of dashboards; the first is Grafana’s home. */
export const dashboards: readonly Dashboard[] = [
  platformDashboard,
  serviceDashboard,
  storesDashboard,
  readersDashboard,
  contentDashboard,
  deliveryDashboard,
  recoveryDashboard,
  costDashboard,
];
