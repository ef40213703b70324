import { iconMarkup } from '../../player/icons.js';
import { element, setText, svg } from '../dom.js';

const COLOURS = ['blue', 'yellow', 'black', 'white', 'green', 'gradient_green', 'yellow_green', 'other'];

/**
 * Makes a vehicle of a terminal that called without being known.
 *
 * @param adopt called with `{plate, plate_color, name}`; may throw a Problem, whose words are shown
 */
export function askForAdoption(entry, adopt) {
  const plate = element('input', { id: 'adopt-plate', required: true, maxlength: 20, autocomplete: 'off', spellcheck: 'false', value: entry.plate ?? '' });
  const colour = element('select', { id: 'adopt-colour' }, ...COLOURS.map((each) => element('option', { value: each, selected: each === (entry.plateColor ?? 'blue') }, each.replace('_', ' '))));
  const name = element('input', { id: 'adopt-name', maxlength: 80, autocomplete: 'off', placeholder: 'Optional, such as Delivery 7' });
  const error = element('p', { class: 'form-error', role: 'alert', hidden: true });
  const send = element('button', { class: 'primary', type: 'submit' }, 'Adopt');
  const form = element('form', {}, svg(iconMarkup('truck')), element('h2', {}, 'Adopt a terminal'),
    element('p', {}, 'Terminal ', element('code', {}, entry.phone), ' called this server. Name the vehicle it is installed in.'),
    element('label', { for: 'adopt-plate' }, 'Number plate'), plate, element('label', { for: 'adopt-colour' }, 'Plate colour'), colour, element('label', { for: 'adopt-name' }, 'Name'), name, error,
    element('div', { class: 'buttons' }, element('button', { class: 'secondary', type: 'button', onclick: () => dialog.close() }, 'Cancel'), send));
  const dialog = element('dialog', { class: 'token', 'aria-label': 'Adopt a terminal' }, form);
  dialog.addEventListener('close', () => dialog.remove());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    send.disabled = true;
    try {
      await adopt({ plate: plate.value.trim(), plate_color: colour.value, ...(name.value.trim() ? { name: name.value.trim() } : {}) });
      dialog.close();
    } catch (problem) {
      setText(error, problem.detail || problem.message);
      error.hidden = false;
      send.disabled = false;
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  plate.focus();
}
