import { iconMarkup } from '../player/icons.js';
import { element, svg } from './dom.js';

/** What stands on the wall while no camera is sending: how to get one in. */
export function welcome(host, port = 6611) {
  const step = (title, ...words) => element('li', {}, element('strong', {}, title), element('span', {}, ...words));
  return element('section', { class: 'welcome' },
    svg(iconMarkup('camera')),
    element('h2', {}, 'No camera is sending yet'),
    element('p', {}, 'This page shows a stream the moment it arrives. Nothing needs to be reloaded.'),
    element('ol', {},
      step('From a vehicle', 'Set the platform of its JT/T 808 terminal to this server. It appears among the vehicles, and its cameras send when somebody opens them here.'),
      step('From a camera that only sends', 'Send its JT/T 1078 video to ', element('code', {}, `${host}:${port}`), ', over TCP or UDP. Terminal and channel are read from the packets.'),
      step('From the simulator', 'Run ', element('code', {}, './run simulate'), ' for vehicles without hardware.')));
}
