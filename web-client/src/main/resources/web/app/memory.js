/** Storage that a browser may refuse (private windows, blocked cookies): then nothing is remembered, nothing breaks. */
export function recall(storage, key) {
  try {
    return JSON.parse(globalThis[storage].getItem(key));
  } catch {
    return null;
  }
}

export function remember(storage, key, value) {
  try {
    globalThis[storage].setItem(key, JSON.stringify(value));
  } catch {
    // Not remembered.
  }
}
