/** Whether an element fills the screen. */
export function isFullscreen(element) {
  return element.getRootNode().fullscreenElement === element;
}

/** Has it fill the screen, or no more; phones that know it for videos only get the video. */
export function toggleFullscreen(element, video, refused) {
  if (isFullscreen(element)) document.exitFullscreen();
  else if (element.requestFullscreen) element.requestFullscreen().catch(refused);
  else video.webkitEnterFullscreen?.();
}
