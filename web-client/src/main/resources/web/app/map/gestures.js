const CLICK_PIXELS = 5;
const PAN_PIXELS = 90;

/**
 * Turns pointer, wheel and keys on a canvas into `move(camera => camera)`, `click({x, y})` and `hover({x, y} | null)`.
 * One finger or button drags, two fingers pinch, the wheel zooms at the pointer, a double click zooms in.
 */
export function listenToGestures(canvas, { move, click, hover }) {
  const pointers = new Map();
  let travelled = 0;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
    if (pointers.size === 1) travelled = 0;
    else travelled = Infinity;
  });
  canvas.addEventListener('pointermove', (event) => {
    const now = at(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      hover(now);
      return;
    }
    if (pointers.size === 1) {
      travelled += Math.hypot(now.x - before.x, now.y - before.y);
      if (travelled > CLICK_PIXELS) move((camera) => camera.panned(now.x - before.x, now.y - before.y));
    } else {
      const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
      pinch(before, now, other);
    }
    pointers.set(event.pointerId, now);
  });
  for (const type of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(type, (event) => {
      if (!pointers.delete(event.pointerId)) return;
      if (type === 'pointerup' && pointers.size === 0 && travelled <= CLICK_PIXELS) click(at(event));
    });
  }
  canvas.addEventListener('pointerleave', () => hover(null));
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const { x, y } = at(event);
    const pixels = event.deltaY * (event.deltaMode === 1 ? 30 : 1);
    move((camera) => camera.zoomedAt(x, y, Math.max(-1, Math.min(1, -pixels * (event.ctrlKey ? 0.012 : 0.0035)))));
  }, { passive: false });
  canvas.addEventListener('dblclick', (event) => {
    const { x, y } = at(event);
    move((camera) => camera.zoomedAt(x, y, event.shiftKey ? -1 : 1));
  });
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = { ArrowLeft: [PAN_PIXELS, 0], ArrowRight: [-PAN_PIXELS, 0], ArrowUp: [0, PAN_PIXELS], ArrowDown: [0, -PAN_PIXELS] }[event.key];
    const zoom = { '+': 1, '=': 1, '-': -1, _: -1 }[event.key];
    if (pan) move((camera) => camera.panned(...pan));
    else if (zoom) move((camera) => camera.zoomedAt(camera.width / 2, camera.height / 2, zoom));
    else return;
    event.preventDefault();
  });

  function pinch(before, now, other) {
    const grown = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    move((camera) => camera.panned((now.x - before.x) / 2, (now.y - before.y) / 2).zoomedAt(middle.x, middle.y, Math.log2(grown)));
  }
}
