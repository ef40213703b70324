export const LAYOUTS = [1, 4, 9, 16];

/**
 * Which stream is in which tile. Immutable; every change gives a new plan. Tiles beyond the layout are remembered, so that
 * going from 9 to 4 and back loses nothing.
 *
 * `automatic` means that nobody has chosen yet: streams that start fill empty tiles by themselves.
 */
export class WallPlan {
  constructor({ layout = 4, tiles = [], selected = 0, automatic = true } = {}) {
    this.layout = LAYOUTS.includes(layout) ? layout : 4;
    this.tiles = Object.freeze(Array.from({ length: Math.max(...LAYOUTS) }, (_, index) => (typeof tiles[index] === 'string' ? tiles[index] : null)));
    this.selected = Math.min(Math.max(0, selected), this.layout - 1);
    this.automatic = automatic;
    Object.freeze(this);
  }

  /** The tiles on the screen. */
  get visible() {
    return this.tiles.slice(0, this.layout);
  }

  indexOf(key) {
    return this.visible.indexOf(key);
  }

  withLayout(layout) {
    return this.#with({ layout, selected: Math.min(this.selected, layout - 1) });
  }

  select(index) {
    return this.#with({ selected: index });
  }

  /** Puts a stream into a tile; from another tile it moves, and the two change places. */
  place(key, index) {
    const tiles = [...this.tiles];
    const before = this.indexOf(key);
    if (before >= 0) tiles[before] = tiles[index];
    tiles[index] = key;
    return this.#with({ tiles: withoutDoubles(tiles, index), selected: index, automatic: false });
  }

  /** Puts a stream into the selected tile and selects the next empty one, so that clicking down a list fills the wall. */
  placeSelected(key) {
    const shown = this.indexOf(key);
    if (shown >= 0) return this.select(shown);
    const placed = this.place(key, this.selected);
    const empty = placed.#nextEmpty();
    return empty < 0 ? placed : placed.select(empty);
  }

  remove(index) {
    const tiles = [...this.tiles];
    tiles[index] = null;
    return this.#with({ tiles, selected: index, automatic: false });
  }

  clear() {
    return this.#with({ tiles: [], selected: 0, automatic: false });
  }

  /** Fills the empty visible tiles with streams that are not shown yet; what is shown stays. */
  fill(keys) {
    const tiles = [...this.tiles];
    const waiting = keys.filter((key) => !tiles.slice(0, this.layout).includes(key));
    for (let index = 0; index < this.layout && waiting.length > 0; index++) {
      if (tiles[index] === null) tiles[index] = waiting.shift();
    }
    return this.#with({ tiles: withoutDoubles(tiles, -1) });
  }

  toJSON() {
    return { layout: this.layout, tiles: this.tiles, selected: this.selected, automatic: this.automatic };
  }

  #nextEmpty() {
    const { visible, selected } = this;
    const after = visible.indexOf(null, selected + 1);
    return after >= 0 ? after : visible.indexOf(null);
  }

  #with(changes) {
    return new WallPlan({ ...this.toJSON(), ...changes });
  }
}

/** A stream stands in one tile; `kept` wins, then the first. */
function withoutDoubles(tiles, kept) {
  return tiles.map((key, index) => {
    if (key === null || index === kept) return key;
    return key === tiles[kept] || tiles.indexOf(key) < index ? null : key;
  });
}

/** The plan an address asks for (`?streams=a,b&layout=4`), else the remembered one, else an automatic one. */
export function initialPlan(parameters, remembered) {
  const asked = (parameters.get('streams') ?? '').split(',').map((key) => key.trim()).filter(Boolean);
  const layout = Number(parameters.get('layout'));
  if (asked.length > 0) {
    const roomy = LAYOUTS.find((each) => each >= asked.length) ?? 16;
    return new WallPlan({ layout: LAYOUTS.includes(layout) ? layout : roomy, tiles: asked, automatic: false });
  }
  const plan = remembered ? new WallPlan(remembered) : new WallPlan();
  return LAYOUTS.includes(layout) ? plan.withLayout(layout) : plan;
}
