/** Draws vehicles. Condition is told by shape as well as by colour: arrow driving, square standing, ring offline. */
const RADIUS = 11;

/** @param marker `{x, y, condition, direction, alarmed, selected, hovered, title}` */
export function drawMarker(context, marker, ink) {
  const { x, y, condition, selected, hovered, alarmed } = marker;
  context.save();
  context.translate(x, y);
  if (selected || hovered) halo(context, RADIUS + 6, selected ? ink.accent : ink.quiet, selected ? 3 : 1.6);
  if (alarmed) halo(context, RADIUS + (selected || hovered ? 10 : 4), ink.warn, 2.4);
  context.shadowColor = '#0007';
  context.shadowBlur = 5;
  context.shadowOffsetY = 1;
  disc(context, RADIUS, ink.surface);
  context.shadowColor = 'transparent';
  halo(context, RADIUS, ink.line, 1);
  if (condition === 'driving') arrow(context, marker.direction, ink.driving);
  else if (condition === 'offline') halo(context, 6, ink.quiet, 2.4);
  else square(context, ink.standing);
  context.restore();
}

/** Where an alarm was raised: a triangle, filled where it is critical. */
export function drawAlarm(context, { x, y, severity }, ink) {
  context.save();
  context.translate(x, y);
  context.beginPath();
  context.moveTo(0, -9);
  context.lineTo(8.5, 6);
  context.lineTo(-8.5, 6);
  context.closePath();
  context.lineJoin = 'round';
  context.fillStyle = severity === 'critical' ? ink.warn : ink.surface;
  context.strokeStyle = severity === 'info' ? ink.standing : severity === 'critical' ? ink.surface : ink.warn;
  context.lineWidth = 2.2;
  context.fill();
  context.stroke();
  context.restore();
}

/** Several vehicles in one place: their number, and round it how many of them drive, stand, are away, raise an alarm. */
export function drawCluster(context, { x, y, members }, ink, hovered) {
  const radius = clusterRadius(members.length);
  const parts = [['driving', ink.driving], ['standing', ink.standing], ['unlocated', ink.standing], ['offline', ink.quiet]];
  context.save();
  context.translate(x, y);
  if (members.some((each) => each.alarmed)) halo(context, radius + 6, ink.warn, 2.4);
  context.shadowColor = '#0008';
  context.shadowBlur = 7;
  disc(context, radius + 3, ink.surface);
  context.shadowColor = 'transparent';
  let angle = -Math.PI / 2;
  for (const [condition, colour] of parts) {
    const share = members.filter((each) => each.condition === condition).length / members.length;
    if (share === 0) continue;
    context.beginPath();
    context.arc(0, 0, radius, angle, angle + share * 2 * Math.PI);
    context.lineWidth = hovered ? 5 : 4;
    context.strokeStyle = colour;
    context.stroke();
    angle += share * 2 * Math.PI;
  }
  context.fillStyle = ink.text;
  context.font = `650 ${radius > 18 ? 13 : 12}px ${ink.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(String(members.length), 0, 0.5);
  context.restore();
}

export function clusterRadius(count) {
  return 13 + Math.min(12, Math.log2(count) * 1.8);
}

/** The name under a marker, where there is room; the chosen one's always. */
export function drawTitle(context, { x, y, title, selected, hovered }, ink, labels) {
  context.font = `600 11.5px ${ink.font}`;
  const width = context.measureText(title).width + 12;
  const claimed = labels.claim(x - width / 2, y + RADIUS + 5, width, 18);
  if (!claimed && !selected && !hovered) return;
  context.beginPath();
  context.roundRect(x - width / 2, y + RADIUS + 5, width, 18, 5);
  context.fillStyle = selected ? ink.accent : ink.surface;
  context.globalAlpha = selected || hovered ? 1 : 0.86;
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = selected ? ink.onAccent : ink.text;
  context.textAlign = 'center';
  context.fillText(title, x, y + RADIUS + 18);
}

export function drawLine(context, camera, places, colour, width, casing) {
  if (places.length < 2) return;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.beginPath();
  let before = null;
  for (const { latitude, longitude } of places) {
    const { x, y } = camera.toScreen(latitude, longitude);
    // A hole in a track (another day, the other side of the world) is no road.
    if (before && Math.abs(before.latitude - latitude) < 0.5 && Math.abs(before.longitude - longitude) < 0.5) context.lineTo(x, y);
    else context.moveTo(x, y);
    before = { latitude, longitude };
  }
  if (casing) {
    context.strokeStyle = casing;
    context.lineWidth = width + 3;
    context.stroke();
  }
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function disc(context, radius, colour) {
  context.beginPath();
  context.arc(0, 0, radius, 0, 7);
  context.fillStyle = colour;
  context.fill();
}

function halo(context, radius, colour, width) {
  context.beginPath();
  context.arc(0, 0, radius, 0, 7);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function arrow(context, degrees, colour) {
  context.rotate(((degrees ?? 0) * Math.PI) / 180);
  context.beginPath();
  context.moveTo(0, -8);
  context.lineTo(5.8, 6.4);
  context.lineTo(0, 3.4);
  context.lineTo(-5.8, 6.4);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}

function square(context, colour) {
  context.beginPath();
  context.roundRect(-4.6, -4.6, 9.2, 9.2, 2);
  context.fillStyle = colour;
  context.fill();
}
