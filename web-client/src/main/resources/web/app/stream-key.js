/** How a stream is named on this page: its id, with `@sub` for the sub-stream. */
export function keyOf(stream) {
  return stream.quality === 'sub' ? `${stream.id}@sub` : stream.id;
}

export function partsOf(key) {
  const sub = key.endsWith('@sub');
  return { id: sub ? key.slice(0, -4) : key, quality: sub ? 'sub' : 'main' };
}

/** `13912345678 · CH 1`, or the id itself for a stream that is not a terminal's. */
export function labelOf(key) {
  const { id, quality } = partsOf(key);
  const match = /^(.+)-(\d+)$/.exec(id);
  const name = match ? `${match[1]} · CH ${match[2]}` : id;
  return quality === 'sub' ? `${name} · sub` : name;
}
