import { element } from '../dom.js';
import { damageText, lossText } from './uplink.js';

const LOOK_MS = 4000;

/** What of a terminal's media was lost on the way to the server, channel by channel. Talks to the API itself. */
export class UplinkFigures extends HTMLElement {
  #api = null;
  #phone = null;
  #told = '';
  #facts = element('dl', { class: 'facts' });

  connectedCallback() {
    if (this.#facts.isConnected) return;
    this.append(this.#facts);
    setInterval(() => { if (this.#phone && !document.hidden && this.checkVisibility()) this.#load(this.#phone); }, LOOK_MS);
  }

  set api(api) {
    this.#api = api;
  }

  /** Null for nobody. */
  set terminal(phone) {
    if (phone === this.#phone) return;
    this.#phone = phone;
    this.#show([]);
    if (phone) this.#load(phone);
  }

  async #load(phone) {
    try {
      const { channels } = await this.#api.get(`/api/v1/terminals/${phone}/uplink`);
      if (phone === this.#phone) this.#show(channels);
    } catch {
      // Another place says so when the server is away; what was told last stays.
    }
  }

  #show(channels) {
    const told = JSON.stringify(channels);
    if (told === this.#told) return;
    this.#told = told;
    const rows = channels.length === 0 ? [['Media', 'None came since the server started']]
      : channels.flatMap((each) => [[`Channel ${each.channel}`, lossText(each)], ['', damageText(each)]]).filter(([, words]) => words !== '');
    this.#facts.replaceChildren(...rows.flatMap(([name, words]) => [element('dt', {}, name), element('dd', {}, words)]));
  }
}

customElements.define('uplink-figures', UplinkFigures);
