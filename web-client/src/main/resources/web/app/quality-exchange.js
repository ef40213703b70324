import { element } from './dom.js';
import { keyOf, partsOf } from './stream-key.js';

/** The same camera in its other quality; null for a stream that is not a terminal's and has but one. */
export function otherQuality(key) {
  const { id, quality } = partsOf(key);
  return /^[0-9A-F]+-\d+$/i.test(id) ? keyOf({ id, quality: quality === 'sub' ? 'main' : 'sub' }) : null;
}

/** The button of a tile that asks for the other quality; it says which one is shown. */
export function qualityButton(key, exchange) {
  const sub = partsOf(key).quality === 'sub';
  const button = element('button', { slot: 'actions', class: 'on-video quality', type: 'button', onclick: exchange }, sub ? 'Sub' : 'Main');
  button.title = sub ? 'Small picture, little data. Switch to the main stream' : 'Full picture. Switch to the sub-stream, which needs less data';
  button.setAttribute('aria-label', button.title);
  return button;
}

/**
 * Waits behind a tile's player until another one has a picture, so that nobody sees it change.
 *
 * @param {HTMLElement} incoming the other player, which is put into the tile
 * @returns a promise of null, or of the words why it does not come
 */
export function untilItShows(incoming) {
  return new Promise((done) => {
    incoming.addEventListener('firstframe', () => done(null), { once: true });
    incoming.addEventListener('statechange', ({ detail: { state, headline, detail } }) => {
      if (!['connecting', 'live'].includes(state)) done([headline, detail].filter(Boolean).join('. '));
    });
  });
}
