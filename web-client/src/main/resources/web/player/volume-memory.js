const KEY = 'roadcast.volume';

/** The volume that was last chosen on this page's server, above 0 and up to 1; 1 if none was. */
export function rememberedVolume() {
  try {
    const volume = Number(localStorage.getItem(KEY) ?? 1);
    return volume > 0 && volume <= 1 ? volume : 1;
  } catch {
    return 1;
  }
}

export function rememberVolume(volume) {
  try {
    localStorage.setItem(KEY, String(volume));
  } catch {
    // A page without storage forgets.
  }
}
