/** The colours of the map, from the page's theme, so that dark and light need no second list. */
export function inkOf(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    ground: colour('--map-ground'), grid: colour('--map-grid'), gridText: colour('--map-grid-text'), place: colour('--map-place'),
    trail: colour('--map-trail'), surface: colour('--surface'), line: colour('--line'), text: colour('--text'), quiet: colour('--quiet'),
    accent: colour('--accent'), onAccent: colour('--on-accent'), warn: colour('--warn'), driving: colour('--live'), standing: colour('--map-standing'),
    font: style.getPropertyValue('font-family') || 'sans-serif',
  };
}
