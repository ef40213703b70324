import { iconMarkup } from '../../player/icons.js';
import { element, setText, svg } from '../dom.js';
import { CONDITION_WORDS, conditionOf, summaryOf } from '../fleet/vehicle-state.js';
import { Camera } from './camera.js';
import { cluster } from './cluster.js';
import { listenToGestures } from './gestures.js';
import { inkOf } from './ink.js';
import { clusterRadius, drawAlarm, drawCluster, drawLine, drawMarker, drawTitle } from './markers.js';
import { Motion } from './motion.js';
import { Labels, drawReference, drawScale } from './reference.js';
import { Tiles } from './tiles.js';

const REACH = 46;
const NEAR_ENOUGH = 11;
const HIT = 18;
const TITLES_UP_TO = 60;

/**
 * The map of the fleet on one canvas; needs no other host unless a tile server is configured. Shows a FleetDirectory.
 *
 * Events: `choose` (detail: key of an entry, or null for none), `alarm` (detail: id of an alarm whose place was clicked).
 */
export class FleetMap extends HTMLElement {
  #fleet = null;
  #camera = new Camera();
  #canvas = element('canvas', { tabindex: '0', role: 'application', 'aria-label': 'Map. Arrow keys move it, plus and minus zoom, 0 shows all vehicles.' });
  #status = element('p', { class: 'unseen', role: 'status' });
  #note = element('p', { class: 'map-note', hidden: true });
  #attribution = element('p', { class: 'attribution', hidden: true });
  #follow = null;
  #tiles = null;
  #ink = null;
  #motion = new Motion({ still: matchMedia('(prefers-reduced-motion: reduce)').matches });
  #clusters = [];
  #hovered = null;
  #selected = null;
  #track = [];
  #alarms = [];
  #frame = 0;
  #touched = false;
  #following = false;
  #count = 0;

  connectedCallback() {
    if (this.#canvas.isConnected) return;
    const tool = (icon, words, act) => element('button', { type: 'button', class: 'map-tool', 'aria-label': words, title: words, onclick: act }, svg(iconMarkup(icon)));
    this.#follow = tool('follow', 'Keep the chosen vehicle in the middle', () => this.#setFollowing(!this.#following));
    this.#follow.setAttribute('aria-pressed', 'false');
    const middle = (steps) => () => this.#move((camera) => camera.zoomedAt(camera.width / 2, camera.height / 2, steps));
    this.append(this.#canvas, element('div', { class: 'map-tools' }, tool('plus', 'Zoom in', middle(1)), tool('minus', 'Zoom out', middle(-1)), tool('fit', 'Show all vehicles', () => this.fitAll()), this.#follow),
      this.#note, this.#attribution, this.#status);
    listenToGestures(this.#canvas, { move: (change) => this.#move(change), click: (point) => this.#click(point), hover: (point) => this.#hover(point) });
    this.#canvas.addEventListener('keydown', ({ key }) => {
      if (key === '0') this.fitAll();
      else if (key === 'Escape') this.#emit(null);
    });
    new ResizeObserver(() => this.#resize()).observe(this);
    const scheme = matchMedia('(prefers-color-scheme: light)');
    scheme.addEventListener('change', () => { this.#ink = null; this.#redraw(); });
  }

  set fleet(fleet) {
    this.#fleet = fleet;
    fleet.addEventListener('change', () => this.#changed());
    this.#changed();
  }

  /** What the server configured: `{tile_url, attribution}`; no address leaves the vector canvas. */
  set tileServer({ tile_url: template, attribution }) {
    this.#tiles = template ? new Tiles(template, () => this.#redraw()) : null;
    setText(this.#attribution, template ? attribution ?? '' : '');
    this.#attribution.hidden = this.#attribution.textContent === '';
    this.#redraw();
  }

  /** The chosen entry's key or null; its places of the last hours are told by `track`. */
  set selected(key) {
    if (key === this.#selected) return;
    this.#selected = key;
    this.#track = [];
    if (key === null) this.#setFollowing(false);
    const place = this.#placeOf(key);
    if (place && (this.#camera.zoom < NEAR_ENOUGH || !this.#camera.contains(place, 60))) this.reveal(key);
    this.#changed();
  }

  /** Places of alarms that nobody has acknowledged: `{id, severity, latitude, longitude}`. */
  set alarms(alarms) {
    this.#alarms = alarms;
    this.#redraw();
  }

  set track(places) {
    this.#track = places;
    this.#redraw();
  }

  /** Brings an entry to the middle, near enough to see where it drives. */
  reveal(key) {
    const place = this.#placeOf(key);
    if (place) this.#move((camera) => new Camera({ ...size(camera), ...place, zoom: Math.max(camera.zoom, 13) }));
  }

  fitAll() {
    this.#setFollowing(false);
    this.#touched = false;
    this.#camera = this.#camera.fitted(this.#located());
    this.#redraw();
  }

  #located() {
    return (this.#fleet?.all() ?? []).filter(located).map((entry) => entry.position);
  }

  #placeOf(key) {
    const entry = key === null ? null : this.#fleet?.get(key);
    return entry && located(entry) ? { latitude: entry.position.latitude, longitude: entry.position.longitude } : null;
  }

  #changed() {
    if (!this.#fleet) return;
    const now = performance.now();
    const entries = this.#fleet.all().filter(located);
    this.#motion.keepOnly(new Set(entries.map((entry) => entry.key)));
    for (const { key, position } of entries) this.#motion.update(key, position.latitude, position.longitude, now);
    const grown = entries.length > this.#count;
    this.#count = entries.length;
    if (!this.#touched && !this.#selected && (grown || entries.some((entry) => !this.#camera.contains(entry.position, 20)))) this.#camera = this.#camera.fitted(this.#located());
    this.#follow.disabled = this.#placeOf(this.#selected) === null;
    setText(this.#note, this.#fleet.known && entries.length === 0 ? (this.#fleet.size > 0 ? 'No vehicle has told its position yet.' : 'No vehicles yet: they appear here when they report.') : '');
    this.#note.hidden = this.#note.textContent === '';
    this.#redraw();
  }

  #setFollowing(following) {
    this.#following = following;
    this.#follow?.setAttribute('aria-pressed', String(following));
    this.#redraw();
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this;
    if (width === 0 || height === 0) return;
    const unseen = this.#camera.width === 0;
    this.#camera = this.#camera.resized(width, height);
    if (unseen || !this.#touched) this.#camera = this.#camera.fitted(this.#located());
    this.#canvas.width = Math.round(width * devicePixelRatio);
    this.#canvas.height = Math.round(height * devicePixelRatio);
    this.#draw();
  }

  #move(change) {
    this.#touched = true;
    const before = this.#camera;
    this.#camera = change(before);
    if (this.#camera.zoom === before.zoom && this.#following) this.#setFollowing(false);
    this.#redraw();
  }

  #redraw() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => { this.#frame = 0; this.#draw(); });
  }

  #draw() {
    const camera = this.#following ? this.#followed() : this.#camera;
    if (camera.width === 0 || !this.#fleet) return;
    this.#camera = camera;
    this.#ink ??= inkOf(this);
    const ink = this.#ink;
    const context = this.#canvas.getContext('2d');
    context.setTransform(this.#canvas.width / camera.width, 0, 0, this.#canvas.height / camera.height, 0, 0);
    context.textBaseline = 'alphabetic';
    context.fillStyle = ink.ground;
    context.fillRect(0, 0, camera.width, camera.height);
    const markers = this.#markers(camera);
    this.#clusters = cluster(markers.filter((each) => onScreen(each, camera)), REACH);
    const labels = new Labels();
    for (const { x, y } of this.#clusters) labels.claim(x - 14, y - 14, 28, 28);
    if (this.#tiles) this.#tiles.draw(context, camera);
    if (!this.#tiles || this.#tiles.failing) drawReference(context, camera, ink, labels);
    for (const { key } of markers) if (key !== this.#selected) drawLine(context, camera, this.#fleet.trail(key), ink.trail, 2);
    if (this.#selected) drawLine(context, camera, [...this.#track, ...this.#fleet.trail(this.#selected)], ink.accent, 3, ink.ground);
    for (const each of this.#alarms) drawAlarm(context, { ...camera.toScreen(each.latitude, each.longitude), severity: each.severity }, ink);
    this.#drawClusters(context, ink, labels);
    drawScale(context, camera, ink);
    this.#tell(markers.length);
    if (this.#motion.moving(performance.now())) this.#redraw();
  }

  #followed() {
    const place = this.#motion.at(this.#selected, performance.now());
    return place ? this.#camera.centredOn(place.latitude, place.longitude) : this.#camera;
  }

  #markers(camera) {
    const now = performance.now();
    return this.#fleet.all().filter(located).map((entry) => {
      const place = this.#motion.at(entry.key, now) ?? entry.position;
      return {
        ...camera.toScreen(place.latitude, place.longitude), key: entry.key, title: entry.title, condition: conditionOf(entry), direction: entry.position.direction,
        alarmed: (entry.position.alarms?.length ?? 0) > 0, selected: entry.key === this.#selected, alone: entry.key === this.#selected,
      };
    });
  }

  #drawClusters(context, ink, labels) {
    const few = this.#clusters.length <= TITLES_UP_TO;
    for (const each of this.#clusters.toReversed()) {
      const [marker] = each.members;
      const hovered = this.#hovered === marker.key;
      if (each.members.length > 1) drawCluster(context, each, ink, hovered);
      else {
        if (few || marker.selected || hovered) drawTitle(context, { ...marker, hovered }, ink, labels);
        drawMarker(context, { ...marker, hovered }, ink);
      }
    }
  }

  #hit({ x, y }) {
    return this.#clusters.find((each) => Math.hypot(each.x - x, each.y - y) <= (each.members.length > 1 ? clusterRadius(each.members.length) + 4 : HIT)) ?? null;
  }

  #alarmAt(point) {
    return this.#alarms.findLast((each) => {
      const { x, y } = this.#camera.toScreen(each.latitude, each.longitude);
      return Math.hypot(x - point.x, y - point.y) <= HIT;
    }) ?? null;
  }

  #click(point) {
    const hit = this.#hit(point);
    const alarm = hit ? null : this.#alarmAt(point);
    if (alarm) this.dispatchEvent(new CustomEvent('alarm', { detail: alarm.id }));
    else if (!hit) this.#emit(null);
    else if (hit.members.length === 1) this.#emit(hit.members[0].key);
    else this.#open(hit);
  }

  /** Goes as near as it takes to tell the vehicles apart; where nothing could, the first is chosen. */
  #open({ members }) {
    const places = members.map(({ key }) => this.#placeOf(key)).filter(Boolean);
    const nearer = this.#camera.fitted(places, 70);
    if (nearer.zoom <= this.#camera.zoom + 0.2 && this.#camera.zoom >= 15) this.#emit(members[0].key);
    else this.#move((camera) => (nearer.zoom > camera.zoom ? nearer : camera.zoomedAt(members[0].x, members[0].y, 1.5)));
  }

  #hover(point) {
    const hit = point ? this.#hit(point) : null;
    const key = hit ? hit.members[0].key : null;
    this.#canvas.style.cursor = hit ? 'pointer' : '';
    if (key === this.#hovered) return;
    this.#hovered = key;
    const entry = hit?.members.length === 1 ? this.#fleet.get(key) : null;
    this.#canvas.title = entry ? `${entry.title}: ${summaryOf(entry)}` : hit ? `${hit.members.length} vehicles` : '';
    this.#redraw();
  }

  #tell(known) {
    const shown = this.#clusters.reduce((sum, each) => sum + each.members.length, 0);
    const entry = this.#selected ? this.#fleet.get(this.#selected) : null;
    setText(this.#status, `${shown} of ${known} vehicles are on the part of the map that is shown.${entry ? ` Chosen: ${entry.title}, ${CONDITION_WORDS[conditionOf(entry)].toLowerCase()}.` : ''}`);
  }

  #emit(key) {
    if (key !== this.#selected) this.dispatchEvent(new CustomEvent('choose', { detail: key }));
  }
}

function located({ position }) {
  return position && position.positioned !== false && Number.isFinite(position.latitude) && Number.isFinite(position.longitude);
}

function onScreen({ x, y }, { width, height }) {
  return x > -40 && y > -40 && x < width + 40 && y < height + 40;
}

function size({ width, height }) {
  return { width, height };
}

customElements.define('fleet-map', FleetMap);
