import { iconMarkup } from '../../player/icons.js';
import { element, setText, svg } from '../dom.js';
import { isPicture, mediaTitle, sizeText } from './media.js';
import { placeText, timeText, utcText } from './words.js';

/**
 * Shows one picture or sound large, the others by the arrow keys.
 *
 * @param items newest first
 * @param urlOf gives a promise of a URL that this page may show
 */
export function viewMedia(items, first, urlOf) {
  let at = first;
  const stage = element('div', { class: 'media-stage' });
  const title = element('h2', {});
  const when = element('p', {});
  const where = element('p', { class: 'quiet' });
  const save = element('a', { class: 'secondary save' }, 'Save');
  const newer = element('button', { type: 'button', class: 'tool', 'aria-label': 'Newer', title: 'Newer', onclick: () => show(at - 1) }, svg(iconMarkup('back')));
  const older = element('button', { type: 'button', class: 'tool older', 'aria-label': 'Older', title: 'Older', onclick: () => show(at + 1) }, svg(iconMarkup('back')));
  const close = element('button', { type: 'button', class: 'tool', 'aria-label': 'Close', title: 'Close', onclick: () => dialog.close() }, svg(iconMarkup('close')));
  const dialog = element('dialog', { class: 'media-viewer', 'aria-label': 'Picture' }, stage,
    element('div', { class: 'media-caption' }, element('div', { class: 'media-words' }, title, when, where), element('div', { class: 'media-tools' }, newer, older, save, close)));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', ({ target }) => { if (target === dialog) dialog.close(); });
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') show(at - 1);
    if (key === 'ArrowRight') show(at + 1);
  });

  async function show(index) {
    if (index < 0 || index >= items.length) return;
    at = index;
    const media = items[index];
    setText(title, mediaTitle(media));
    setText(when, timeText(media.at));
    when.title = utcText(media.at);
    const { position } = media;
    setText(where, [position?.positioned ? placeText(position.latitude, position.longitude) : '', position?.positioned ? `${Math.round(position.speed_kmh)} km/h` : '', sizeText(media.bytes)].filter(Boolean).join(' · '));
    newer.disabled = index === 0;
    older.disabled = index === items.length - 1;
    stage.replaceChildren(element('p', { class: 'quiet' }, 'Loading'));
    save.removeAttribute('href');
    try {
      const url = await urlOf(media);
      if (items[at] !== media) return;
      save.href = url;
      save.download = `${media.terminal}-${media.channel}-${media.at.slice(0, 19).replaceAll(':', '')}.${media.format === 'jpeg' ? 'jpg' : media.format}`;
      stage.replaceChildren(stageOf(media, url));
    } catch (problem) {
      if (items[at] === media) stage.replaceChildren(element('p', { class: 'quiet', role: 'alert' }, problem.detail || problem.message));
    }
  }

  document.body.append(dialog);
  dialog.showModal();
  show(first);
}

function stageOf(media, url) {
  if (isPicture(media)) return element('img', { src: url, alt: `${mediaTitle(media)}, ${timeText(media.at)}` });
  if (media.kind === 'sound') return element('audio', { src: url, controls: true });
  return element('p', { class: 'quiet' }, 'A browser cannot show this. Save it to open it elsewhere.');
}
