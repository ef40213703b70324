/** What a video shows now, as a PNG blob of its own size; null if the browser can not make one. */
export function pictureOf(video) {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d').drawImage(video, 0, 0);
  return new Promise((done) => { canvas.toBlob(done, 'image/png'); });
}

/** Has the browser save a picture under the stream's name and the time in UTC. */
export function save(picture, stream) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(picture);
  link.download = `${stream}_${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}Z.png`;
  link.click();
  // The download reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
