import { element, setText } from '../app/dom.js';
import { toast } from '../app/toasts.js';
import { clockText } from './moments.js';

const MODES = { always: 'always', live: 'while somebody looks', event: 'on events', schedule: 'by schedule', never: 'never' };
const SECONDS = 600;

/** Whether the channels that are shown are being recorded, and the button that has them recorded now. */
export class RecordingState extends HTMLElement {
  #rows = element('ul', { class: 'recording-rows' });
  #asked = 0;
  api = null;

  connectedCallback() {
    if (this.#rows.isConnected) return;
    this.append(element('h3', {}, 'Recording'), this.#rows);
  }

  /** @param lines `[{stream, quality, label, spans}]` */
  async show(lines) {
    const asked = ++this.#asked;
    const rows = await Promise.all(lines.map(async (line) => ({ line, state: await this.#state(line) })));
    if (asked === this.#asked) this.#rows.replaceChildren(...rows.filter(({ state }) => state).map(({ line, state }) => this.#row(line, state)));
  }

  async #state(line) {
    try {
      return await this.api.get(address(line));
    } catch {
      // What may not be seen, or is not known any more, has no row.
      return null;
    }
  }

  #row(line, state) {
    const growing = line.spans.some((span) => span.recording);
    const words = state.started_until ? `Started by hand, until ${clockText(Date.parse(state.started_until))}` : `Recorded ${MODES[state.mode] ?? state.mode}`;
    const button = element('button', { type: 'button', class: 'secondary', onclick: () => this.#turn(line, state, button) }, state.started_until ? 'Stop' : 'Record 10 min');
    return element('li', {}, element('span', { class: 'what' }, element('span', { class: 'size' }, line.label), element('span', { class: 'quiet' }, words)), element('span', { class: `state${growing ? '' : ' off'}` }, growing ? 'Recording' : 'Not now'), button);
  }

  async #turn(line, state, button) {
    button.disabled = true;
    try {
      if (state.started_until) await this.api.remove(address(line));
      else await this.api.put(address(line), { duration_s: SECONDS, pre_roll_s: 0 });
      const now = await this.#state(line);
      if (now) button.closest('li').replaceWith(this.#row(line, now));
    } catch (problem) {
      button.disabled = false;
      toast(document.getElementById('toasts'), problem.detail || problem.code, 'warn');
    }
  }
}

function address({ stream, quality }) {
  return `/api/v1/streams/${encodeURIComponent(stream)}/recording?quality=${quality}`;
}

customElements.define('recording-state', RecordingState);
