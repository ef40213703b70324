/** Line icons on a 24 grid, drawn with the current colour. */
const SHAPES = {
  play: '<path d="M8 5.5v13l10.5-6.5z" fill="currentColor" stroke-linejoin="round"/>',
  pause: '<path d="M8 6v12M16 6v12" stroke-width="3"/>',
  back10: '<path d="M4.5 12a7.5 7.5 0 1 0 2.6-5.7M4.5 4.5v4h4"/><path d="M9.6 9.8v4.6m2.8-2.3a1.5 2.3 0 1 0 3 0 1.5 2.3 0 1 0-3 0" stroke-width="1.3"/>',
  stepBack: '<path d="M7 6.5v11M17 6.5 10 12l7 5.5z" stroke-linejoin="round"/>',
  stepOn: '<path d="M17 6.5v11M7 6.5l7 5.5-7 5.5z" stroke-linejoin="round"/>',
  stop: '<rect x="6.5" y="6.5" width="11" height="11" rx="1.5" fill="currentColor"/>',
  sound: '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z" fill="currentColor" stroke-linejoin="round"/><path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>',
  muted: '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z" fill="currentColor" stroke-linejoin="round"/><path d="m15.5 9.5 5 5m0-5-5 5"/>',
  snapshot: '<path d="M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.5-2.5h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5z"/><circle cx="12" cy="12.8" r="3.4"/>',
  statistics: '<path d="M4 19.5h16M6.5 16v-4M11 16V6m4.5 10V9.5M20 16v-2.5"/>',
  fullscreen: '<path d="M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15"/>',
  shrink: '<path d="M9 4.5V9H4.5M19.5 9H15V4.5M15 19.5V15h4.5M4.5 15H9v4.5"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  maximise: '<path d="M13.5 5H19v5.5M19 5l-6.5 6.5M10.5 19H5v-5.5M5 19l6.5-6.5"/>',
  restore: '<path d="M19 11h-6V5m0 6 6.5-6.5M5 13h6v6m0-6-6.5 6.5"/>',
  camera: '<rect x="3.5" y="7" width="12" height="10" rx="2"/><path d="m15.5 11 5-3v8l-5-3z" stroke-linejoin="round"/>',
  cameraOff: '<path d="M8 7h5.5a2 2 0 0 1 2 2v4.5M15.5 15.5A2 2 0 0 1 13.5 17h-8a2 2 0 0 1-2-2V9a2 2 0 0 1 1.3-1.9M15.5 11l5-3v8l-2-1.2M3.5 3.5l17 17"/>',
  plug: '<path d="M9 3.5V8m6-4.5V8M6.5 8h11v3a5.5 5.5 0 0 1-11 0zM12 16.5v4"/>',
  lock: '<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
  ended: '<circle cx="12" cy="12" r="8"/><path d="M9.2 9.2h5.6v5.6H9.2z" fill="currentColor"/>',
  warning: '<path d="M12 4.5 3.5 19h17zM12 10v4.2" stroke-linejoin="round"/><circle cx="12" cy="16.6" r=".6" fill="currentColor"/>',
  search: '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>',
  eye: '<path d="M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
  list: '<path d="M4 6.5h16M4 12h16M4 17.5h10"/>',
  fill: '<rect x="4" y="4" width="7" height="7" rx="1"/><rect x="13" y="4" width="7" height="7" rx="1"/><rect x="4" y="13" width="7" height="7" rx="1"/><path d="M16.5 13.5v6m-3-3h6"/>',
  plus: '<path d="M12 5.5v13M5.5 12h13"/>',
  minus: '<path d="M5.5 12h13"/>',
  fit: '<path d="M4.5 8.5v-4h4M15.5 4.5h4v4M19.5 15.5v4h-4M8.5 19.5h-4v-4"/><circle cx="12" cy="12" r="2.2" fill="currentColor"/>',
  follow: '<circle cx="12" cy="12" r="6"/><path d="M12 2.8v4M12 17.2v4M2.8 12h4M17.2 12h4"/>',
  back: '<path d="M19 12H5.5m0 0 6-6m-6 6 6 6"/>',
  truck: '<path d="M3 6.5h11v9.5H3zM14 10h3.6l3 3v3H14z" stroke-linejoin="round"/><circle cx="7.2" cy="17.3" r="1.9" fill="currentColor"/><circle cx="16.8" cy="17.3" r="1.9" fill="currentColor"/>',
  map: '<path d="M3.5 6.5 9 4.5l6 2 5.5-2v13L15 19.5l-6-2-5.5 2zM9 4.5v13m6-11v13" stroke-linejoin="round"/>',
  split: '<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><path d="M3.5 13h17"/>',
  wall: '<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><path d="m10.3 9.2 4.7 2.8-4.7 2.8z" fill="currentColor" stroke-linejoin="round"/>',
  history: '<path d="M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4.5 4.5v3.6h3.6M12 8v4.3l3 1.8" stroke-linejoin="round"/>',
  clear: '<path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5m3-5.5v5.5" stroke-linejoin="round"/>',
};

/** Markup of an icon; constants of this file only, so it is safe as innerHTML. */
export function iconMarkup(name) {
  return `<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
}
