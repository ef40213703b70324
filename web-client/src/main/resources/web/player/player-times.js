/** No new picture for this long means that the camera is silent; dashcams on bad links send one every two seconds. */
export const SILENCE_MS = 5000;
/** A connection that browsers call "disconnected" often heals; after this long a new one is quicker. */
export const DISCONNECTED_MS = 4000;
/** A path that is not found within this time is blocked: checks start at once and repeat many times a second. */
export const NO_PATH_MS = 12_000;
/** A connection that lived this long was good: the next failure starts with short pauses again. */
export const PROVEN_MS = 10_000;
/** Pause before looking for a stream that its camera has ended. */
export const ENDED_PAUSE_MS = 8000;
/** A server that answers later than this is asking the camera to send. */
export const ASKING_MS = 800;
/** The first pictures are many and come at once: what else there is to ask the server waits this long after its answer. */
export const SETTLE_MS = 500;
