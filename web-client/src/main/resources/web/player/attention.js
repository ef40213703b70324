/** A page that is hidden for a moment, as when somebody looks something up, costs less than pausing and going on. */
const AWAY_MS = 8000;

/**
 * Tells when nobody can see the page any more, and at once when somebody can again.
 *
 * @param {(looking: boolean) => void} tell
 * @returns a function that ends that
 */
export function watchAttention(tell, { page = document, awayMs = AWAY_MS } = {}) {
  let timer = 0;
  let looking = true;
  const say = (now) => {
    if (now === looking) return;
    looking = now;
    tell(now);
  };
  const look = () => {
    clearTimeout(timer);
    if (page.hidden) timer = setTimeout(() => say(false), awayMs);
    else say(true);
  };
  page.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearTimeout(timer);
    page.removeEventListener('visibilitychange', look);
  };
}
