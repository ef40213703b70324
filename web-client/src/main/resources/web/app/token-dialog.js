import { iconMarkup } from '../player/icons.js';
import { element, svg } from './dom.js';

/** Asks for an access token until one is given. Resolves to the token. */
export function askForToken({ refused }) {
  const field = element('input', { type: 'password', name: 'token', required: true, autocomplete: 'current-password', spellcheck: 'false', id: 'token-field' });
  const form = element('form', {},
    svg(iconMarkup('lock')),
    element('h2', {}, 'Access token'),
    element('p', {}, refused ? 'The server did not accept this token.' : 'This server asks for a token before it shows its cameras.'),
    element('label', { for: 'token-field' }, 'Token'), field,
    element('p', { class: 'small' }, 'An administrator\'s token is printed when the server starts for the first time. It is kept until this tab is closed.'),
    element('button', { class: 'primary', type: 'submit' }, 'Continue'));
  const dialog = element('dialog', { class: 'token', 'aria-label': 'Access token' }, form);
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  const answer = new Promise((answered) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      dialog.remove();
      answered(field.value.trim());
    });
  });
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
  return answer;
}
