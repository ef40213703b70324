/** How a terminal's media came in, in words; no document. */

/** `3,321 of 412,034 packets lost, 0.8 %` */
export function lossText({ packets, lost_packets: lost }) {
  if (packets === 0) return 'Nothing yet';
  const share = (lost * 100) / (packets + lost);
  const digits = share > 0 && share < 10 ? Math.max(share, 0.1).toFixed(1) : Math.round(share);
  return lost === 0 ? `${packets.toLocaleString()} packets, none lost` : `${lost.toLocaleString()} of ${(packets + lost).toLocaleString()} packets lost, ${digits} %`;
}

/** What the loss did; '' if it did nothing. */
export function damageText({ gaps, damaged_frames: damaged, timestamp_repairs: repairs }) {
  const parts = [[gaps, 'gap'], [damaged, 'damaged picture'], [repairs, 'jump of its clock', 'jumps of its clock']];
  return parts.filter(([count]) => count > 0).map(([count, one, many = `${one}s`]) => `${count.toLocaleString()} ${count === 1 ? one : many}`).join(' · ');
}
