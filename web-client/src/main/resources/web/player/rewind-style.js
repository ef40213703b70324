/** The look of the row of controls that belongs to the past; part of the player's sheet. */
export const REWIND_STYLE = `
.bar { flex-wrap: wrap; }
.past { display: flex; align-items: center; gap: 2px; flex: 0 0 100%; min-width: 0; font-variant-numeric: tabular-nums; }
.past button { flex: none; }
.past .speed, .past .go-live { width: auto; min-width: 38px; padding: 0 7px; font-size: 12px; font-weight: 650; }
.past[data-past="live"] .speed { display: none; }
.past .go-live { text-transform: uppercase; letter-spacing: .03em; gap: 5px; }
.past .go-live::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: #8b98a7; }
.past .go-live[aria-pressed="true"] { color: inherit; }
.past .go-live[aria-pressed="true"]::before { background: #36d98a; }
.past .when { min-width: 44px; text-align: end; padding-inline: 4px; font-size: 12px; color: #ffd58a; white-space: nowrap; }
.past:not([data-past="paused"]) .stepping { display: none; }
.past[data-past="live"] .when { display: none; }
.time-bar { position: relative; flex: 1; min-width: 60px; height: 30px; margin: 0 8px; }
.track { position: absolute; inset: 13px 0; background: #ffffff2e; border-radius: 2px; overflow: hidden; }
.track i { position: absolute; inset-block: 0; background: #c3ccd6b0; }
.time-bar::after { content: ""; position: absolute; pointer-events: none; inset-block: 7px; inset-inline-start: var(--shown, 100%); width: 4px; margin-inline-start: -2px;
  border-radius: 2px; background: var(--accent); box-shadow: 0 0 0 1px #0008; }
.time-bar:has(:focus-visible)::after { outline: 2px solid var(--accent); outline-offset: 2px; }
.time-bar input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; touch-action: none; }
.time-bar .hint { position: absolute; bottom: 28px; inset-inline-start: var(--place, 50%); transform: translateX(-50%); text-align: center; padding: 2px 7px; border-radius: 5px; background: #0b0f14ee; font-size: 12px; pointer-events: none; white-space: nowrap; }
.time-bar .hint:has(.still:not([hidden])) { inset-inline-start: clamp(60px, var(--place, 50%), 100% - 60px); padding: 3px; }
.time-bar .still { display: block; margin-block-end: 3px; border-radius: 3px; background-repeat: no-repeat; }
.time-bar .still[hidden] { display: none; }
.frame[data-past]:not([data-past="live"])[data-state="live"] .badge { color: #ffd58a; }
.frame[data-past]:not([data-past="live"])[data-state="live"] .badge::before { background: var(--accent); box-shadow: none; }
.frame[data-past="paused"]:not([data-active]) .bar, .frame[data-past="ended"]:not([data-active]) .bar { opacity: 1 !important; pointer-events: auto !important; }
@container (max-width: 419px) { .past .roomy, .past .when { display: none; } }
@container (max-width: 319px) { .past .speed { display: none; } }
@container (max-width: 259px) { .past { display: none; } }
@container (max-height: 279px) { .time-bar .still { display: none; } }
@container (max-height: 199px) { .past { display: none; } }
`;
