/** The player's look. Pages may set --roadcast-accent, --roadcast-fit and --roadcast-radius. */
export const PLAYER_STYLE = `
:host {
  display: block; position: relative; overflow: hidden; aspect-ratio: 16 / 9; min-width: 96px;
  background: #05070a; color: #f2f5f8; border-radius: var(--roadcast-radius, 0);
  font: 13px/1.4 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  --accent: var(--roadcast-accent, #ffb52e); -webkit-tap-highlight-color: transparent;
}
:host([hidden]) { display: none; }
:host(:focus-visible) { outline: 2px solid var(--accent); outline-offset: -2px; }
.frame { position: absolute; inset: 0; container-type: size; overflow: hidden; background: inherit; }
video, .last { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: var(--roadcast-fit, contain); display: block; }
.last { filter: brightness(.62) saturate(.5); }
[hidden] { display: none !important; }
.top, .bar { position: absolute; left: 0; right: 0; display: flex; align-items: center; transition: opacity .18s; }
.top { top: 0; gap: 7px; padding: 6px 7px; background: linear-gradient(#000000b0, #0000); padding-bottom: 20px; }
.bar { bottom: 0; gap: 2px; background: linear-gradient(#0000, #000000b8); padding: 22px 6px 5px; }
.picture { position: absolute; inset: 0; overflow: hidden; }
/* See CALM_MS. A transition or an animation that waits would cost as much as one that runs. */
.frame[data-calm]:not([data-state="live"]) .curtain { display: none; }
/* A named player has a strip of its own for the name: cameras write into the corners of their pictures. */
.frame[data-named] .picture { top: 30px; }
.frame[data-named] .top { height: 30px; padding-block: 0; background: #10161d; }
.frame[data-state="live"]:not([data-active], [data-statistics], [data-calm]) .bar:not(:has(:focus-visible)),
.frame[data-state="live"]:not([data-active], [data-named], [data-calm]) .top:not(:has(:focus-visible)) { opacity: 0; pointer-events: none; }
.name { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; min-width: 0; }
.quality { position: absolute; top: 38px; right: 8px; margin: 0; padding: 2px 9px; border-radius: 999px; background: #10161dd9; color: #ffd58a; font-size: 11px; font-weight: 600; }
.frame:not([data-state="live"]) .quality { display: none; }
.spacer { flex: 1; }
.badge { display: inline-flex; align-items: center; gap: 5px; flex: none; font-size: 11px; font-weight: 600; color: #c3ccd6; }
.badge::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: #8b98a7; }
.frame[data-state="live"] .badge::before { background: #36d98a; box-shadow: 0 0 0 3px #36d98a33; margin-left: 3px; }
.frame[data-state="waiting"] .badge::before, .frame[data-state="reconnecting"] .badge::before, .frame[data-state="connecting"] .badge::before { background: var(--accent); }
.frame[data-state="refused"] .badge::before, .frame[data-state="ended"] .badge::before { background: #ff6464; }

button { all: unset; box-sizing: border-box; cursor: pointer; display: inline-flex; align-items: center; justify-content: center; border-radius: 6px; }
button:focus-visible, input:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.bar button { width: 34px; height: 34px; }
.bar button:hover { background: #ffffff24; }
.bar button[aria-pressed="true"] { color: var(--accent); }
.volume { width: 84px; height: 20px; accent-color: var(--accent); margin: 0 6px 0 2px; cursor: pointer; }
.unmute, .again { gap: 7px; padding: 7px 13px 7px 10px; font-weight: 600; }
.unmute { position: absolute; left: 50%; bottom: 52px; transform: translateX(-50%); background: #f5f7f9; color: #10151b; border-radius: 999px; box-shadow: 0 4px 18px #0008; white-space: nowrap; }
.unmute:hover { background: #fff; }
.again { margin-top: 10px; padding: 6px 16px; border: 1px solid #ffffff52; }
.again:hover { background: #ffffff1c; }

.curtain { position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center; text-align: center;
  padding: 12px 16px 40px; gap: 3px; background: radial-gradient(ellipse at center, #0b1017d9, #05070ab0); }
.curtain p { margin: 0; max-width: 42ch; overflow-wrap: anywhere; }
.glyph { color: var(--accent); margin-bottom: 7px; display: flex; }
.glyph svg { width: 34px; height: 34px; }
.frame[data-state="refused"] .glyph, .frame[data-state="ended"] .glyph { color: #ff8080; }
.headline { font-size: 15px; font-weight: 650; }
.detail, .countdown { color: #bac5d0; }
.countdown { font-variant-numeric: tabular-nums; }
.countdown:empty { display: none; }
.spinner { width: 30px; height: 30px; border-radius: 50%; border: 3px solid #ffffff2b; border-top-color: var(--accent); animation: turn .9s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }

.statistics { position: absolute; z-index: 1; top: 38px; left: 8px; margin: 0; padding: 8px 11px; display: grid; grid-template-columns: auto auto; gap: 1px 14px;
  background: #0a0e13f0; border: 1px solid #ffffff1f; border-radius: 7px; font-size: 12px; font-variant-numeric: tabular-nums; max-width: calc(100% - 16px); box-sizing: border-box;
  max-height: calc(100% - 84px); overflow: auto; }
.statistics dt { color: #9fadba; white-space: nowrap; } .statistics dd { margin: 0; overflow-wrap: anywhere; }
.flash { position: absolute; inset: 0; background: #fff; pointer-events: none; animation: flash .35s ease-out forwards; }
@keyframes flash { from { opacity: .75; } to { opacity: 0; } }
.toast { position: absolute; left: 50%; bottom: 50px; transform: translateX(-50%); background: #0b0f14e6; padding: 5px 12px; border-radius: 6px; max-width: 85%; }

@container (max-width: 419px) { .volume { display: none; } .unmute span { display: none; } .unmute { padding: 8px; left: auto; right: 8px; bottom: 44px; transform: none; } }
@container (max-width: 319px) { .badge { font-size: 0; gap: 0; } .name { font-size: 12.5px; } }
@container (max-width: 259px) { .bar { padding: 14px 3px 2px; } .bar button { width: 29px; height: 29px; } .bar .wide { display: none; } }
@container (max-height: 279px) {
  .frame:not([data-state="live"]) .bar { display: none; }
  .frame:not([data-active]) .bar:not(:has(:focus-visible)) { opacity: 0; pointer-events: none; }
  .curtain { padding: 6px 12px; } .detail, .countdown { font-size: 12px; } .headline { font-size: 13.5px; } .again { margin-top: 6px; padding: 4px 13px; }
  .glyph { margin-bottom: 2px; } .glyph svg { width: 24px; height: 24px; } .spinner { width: 22px; height: 22px; }
  .statistics { top: 32px; left: 4px; max-height: calc(100% - 36px); padding: 4px 9px; font-size: 11px; line-height: 1.28; gap: 0 10px; }
}
@container (max-height: 130px) { .detail, .glyph { display: none; } }
@container (min-width: 900px) and (min-height: 480px) { .headline { font-size: 20px; } .curtain { font-size: 15px; } .glyph svg { width: 48px; height: 48px; } .spinner { width: 40px; height: 40px; } }
@media (prefers-reduced-motion: reduce) { .spinner { animation-duration: 3s; } .flash { display: none; } .top, .bar { transition: none; } }
`;
