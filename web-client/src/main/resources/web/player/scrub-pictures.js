/**
 * Small pictures of a stream's past, by the WebVTT that the server gives for an hour: asked for once, when somebody points at it.
 * No document.
 */
const HOUR = 3_600_000;
const KEPT_HOURS = 48;

export class ScrubPictures {
  #load;
  #hours = new Map();

  /** @param load gives the WebVTT of `(stream, quality, from, to)`, or nothing */
  constructor(load) {
    this.#load = load;
  }

  /** The picture nearest to a moment: `{url, x, y, width, height, at}`; null if there is none. */
  async near(stream, quality, wall) {
    const hour = Math.floor(wall / HOUR) * HOUR;
    const pictures = await this.#hour(stream, quality, hour);
    let best = null;
    for (const each of pictures) {
      if (each.from <= wall && wall < each.to) return { ...each, at: each.from };
      if (Math.abs(each.from - wall) < Math.abs((best?.from ?? Infinity) - wall)) best = each;
    }
    return best && Math.abs(best.from - wall) < 15_000 ? { ...best, at: best.from } : null;
  }

  #hour(stream, quality, hour) {
    // An hour that is not over gets more pictures as it goes on.
    const minute = hour + HOUR > Date.now() ? Math.floor(Date.now() / 30_000) : '';
    const key = `${stream} ${quality} ${hour} ${minute}`;
    if (!this.#hours.has(key)) {
      if (this.#hours.size >= KEPT_HOURS) this.#hours.delete(this.#hours.keys().next().value);
      this.#hours.set(key, this.#load(stream, quality, hour, hour + HOUR).then((text) => picturesOf(text, hour), () => []));
    }
    return this.#hours.get(key);
  }
}

/** Cues of `00:00:10.000 --> 00:00:20.000` and `url#xywh=x,y,width,height`, counted from `base`. */
export function picturesOf(text, base) {
  const pictures = [];
  const lines = text.split(/\r?\n/);
  lines.forEach((line, index) => {
    const times = /^([\d:.]+) --> ([\d:.]+)/.exec(line);
    const place = times && /^(.+)#xywh=(\d+),(\d+),(\d+),(\d+)$/.exec(lines[index + 1] ?? '');
    if (!place) return;
    const [x, y, width, height] = place.slice(2).map(Number);
    pictures.push({ from: base + milliseconds(times[1]), to: base + milliseconds(times[2]), url: place[1], x, y, width, height });
  });
  return pictures;
}

function milliseconds(time) {
  return Math.round(time.split(':').reduce((sum, each) => sum * 60 + Number(each), 0) * 1000);
}
