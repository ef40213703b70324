import { iconMarkup } from '../player/icons.js';
import { element, svg } from './dom.js';

const SHOWN_MS = 7000;
const AT_MOST = 4;

/** Shows a short notice; the same words again only renew it. Kinds: info, good, warn. */
export function toast(container, words, kind = 'info') {
  [...container.children].find((each) => each.dataset.words === words)?.remove();
  const close = element('button', { type: 'button', 'aria-label': 'Dismiss', onclick: () => shown.remove() }, svg(iconMarkup('close')));
  const shown = element('div', { class: `toast ${kind}`, 'data-words': words }, element('span', {}, words), close);
  container.append(shown);
  while (container.children.length > AT_MOST) container.firstElementChild.remove();
  setTimeout(() => shown.remove(), SHOWN_MS);
}
