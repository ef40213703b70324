import { svg } from '../app/dom.js';
import { iconMarkup } from '../player/icons.js';
import { api, ask, at, sayProblem } from './page.js';
import { ReportView } from './report-view.js';
import { RuleView } from './rule-view.js';
import { TimelineView } from './timeline-view.js';
import { WebhookView } from './webhook-view.js';

const TABS = { reports: 'Reports', vehicle: 'Vehicle', webhooks: 'Webhooks', rules: 'Rules' };
const views = new Map();

at('live').prepend(svg(iconMarkup('wall')));
start();

async function start() {
  try {
    const [vehicles, groups] = await Promise.all([ask(() => api.all('/api/v1/vehicles')), ask(() => api.all('/api/v1/groups'))]);
    const titles = Object.fromEntries(vehicles.map(({ id, plate, name }) => [id, [plate, name].filter(Boolean).join(' · ') || id]));
    const named = Object.fromEntries(groups.map(({ id, name }) => [id, name]));
    const known = { vehicles: titles, groups: named, names: new Map(Object.entries({ ...titles, ...named })) };
    views.set('reports', new ReportView(known)).set('vehicle', new TimelineView(known)).set('webhooks', new WebhookView(known)).set('rules', new RuleView());
  } catch (problem) {
    sayProblem(problem);
    return;
  }
  at('tabs').replaceChildren(...Object.entries(TABS).map(([name, words]) => Object.assign(document.createElement('a'), { href: `#${name}`, textContent: words })));
  addEventListener('hashchange', show);
  show();
}

function show() {
  const name = views.has(location.hash.slice(1)) ? location.hash.slice(1) : 'reports';
  for (const tab of at('tabs').children) tab.toggleAttribute('aria-current', tab.hash === `#${name}`);
  at('view').replaceChildren(views.get(name).root);
  document.title = `${TABS[name]} · Alarms · Roadcast`;
  views.get(name).load();
}
