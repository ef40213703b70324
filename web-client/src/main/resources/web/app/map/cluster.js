/**
 * Joins markers that would cover each other. Points are `{x, y, ...}` in pixels; the answer holds `{x, y, members}`, most
 * members first, every point in exactly one of them. A point marked `alone` (the chosen vehicle) is never joined.
 * Linear in the number of points: only neighbouring cells of a grid of `reach` pixels are looked at.
 */
export function cluster(points, reach) {
  const cells = new Map();
  const cellOf = (x, y) => `${Math.floor(x / reach)} ${Math.floor(y / reach)}`;
  const clusters = [];
  for (const point of points) {
    const near = point.alone ? null : nearest(cells, point, reach);
    if (near) {
      near.members.push(point);
      continue;
    }
    const made = { x: point.x, y: point.y, members: [point] };
    clusters.push(made);
    if (point.alone) continue;
    const cell = cellOf(point.x, point.y);
    if (!cells.has(cell)) cells.set(cell, []);
    cells.get(cell).push(made);
  }
  for (const each of clusters) {
    if (each.members.length < 2) continue;
    each.x = mean(each.members, 'x');
    each.y = mean(each.members, 'y');
  }
  return clusters.sort((a, b) => b.members.length - a.members.length);
}

function nearest(cells, { x, y }, reach) {
  const column = Math.floor(x / reach);
  const row = Math.floor(y / reach);
  let best = null;
  let least = reach * reach;
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (const each of cells.get(`${column + dx} ${row + dy}`) ?? []) {
        const distance = (each.x - x) ** 2 + (each.y - y) ** 2;
        if (distance < least) {
          least = distance;
          best = each;
        }
      }
    }
  }
  return best;
}

function mean(members, axis) {
  return members.reduce((sum, each) => sum + each[axis], 0) / members.length;
}
