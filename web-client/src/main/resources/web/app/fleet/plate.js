import { element, setText } from '../dom.js';

const COLOURS = new Set(['blue', 'yellow', 'black', 'white', 'green', 'yellow_green', 'farm_yellow', 'farm_green', 'gradient_green', 'other']);

/** A number plate in its own colour; what has no plate (a terminal nobody adopted) is shown as digits. */
export function plateElement() {
  return element('span', { class: 'plate' });
}

export function showPlate(node, entry) {
  setText(node, entry.title);
  node.classList.toggle('digits', entry.kind === 'terminal' || !entry.plate);
  const colour = COLOURS.has(entry.plateColor) ? entry.plateColor : 'none';
  if (node.dataset.colour !== colour) node.dataset.colour = colour;
}
