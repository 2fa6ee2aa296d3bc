// What the page tells of the call: numbers and yes or no.
(async (joined, empty) => {
  const seen = window[Symbol.for("classcontact")];
  const connections = (seen?.connections ?? []).map((c) => c.deref()).filter((c) => c && c.connectionState !== "closed");
  const tracks = [...new Set((seen?.tracks ?? []).concat(connections.flatMap((c) => c.getSenders().map((s) => s.track)).filter((t) => t && !seen?.blanks?.has(t))))];
  for (const t of tracks) if (t.kind === "audio" && t.readyState === "live") seen?.note?.(t, t.enabled); // however the page came by it, mute holds it too
  const live = (kind) => tracks.filter((t) => t.kind === kind && t.readyState === "live");
  const odd = []; // fields of the description that are no selectors
  const isThere = (field, selector) => {
    try {
      return document.querySelector(selector)?.checkVisibility() === true;
    } catch {
      odd.push(field);
      return null;
    }
  };
  // Opens none. Nobody waits for a sound process that comes back, or is stuck.
  const listed = await Promise.race([navigator.mediaDevices?.enumerateDevices().catch(() => null), new Promise((r) => setTimeout(r, 500, null))]);
  const isListed = (kind) => listed?.some((d) => d.kind === kind) ?? null;
  const camera = live("video").length > 0;
  // A track whose microphone went may live on: the sound server gives it silence. Without any microphone at all that is no sound of the class.
  const microphone = live("audio").length > 0 && isListed("audioinput") !== false;
  const ours = live("audio").filter((t) => seen?.tracks.includes(t));
  const sends = (c) => c.getSenders().some((s) => s.track?.readyState === "live");
  const reports = await Promise.all(connections.map((c) => c.getStats())); // once for all: making one costs milliseconds
  let received = 0;
  for (const report of reports) {
    for (const part of report.values()) if (part.type === "inbound-rtp") received += part.packetsReceived ?? 0;
  }
  return {
    hooked: seen !== undefined,
    loaded: document.readyState !== "loading",
    host: location.hostname,
    began: performance.timeOrigin,
    status: performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0,
    joined: joined ? isThere("joined", joined) === true : camera || microphone || Boolean(seen?.cameraAt ?? seen?.microphoneAt), // a broken camera must not look like a closed room
    camera,
    microphone,
    cameraAt: seen?.cameraAt ?? null,
    microphoneAt: seen?.microphoneAt ?? null,
    cameraEnded: !camera && seen?.ended?.video === true,
    microphoneEnded: !microphone && seen?.ended?.audio === true,
    cameraListed: isListed("videoinput"),
    microphoneListed: isListed("audioinput"),
    refused: seen?.refused ?? null,
    muted: ours.length && seen.isHeard ? ours.every((t) => !seen.isHeard(t)) : null,
    made: seen?.made ?? 0,
    connected: connections.some((c) => c.connectionState === "connected"),
    broken: connections.some((c) => c.connectionState === "disconnected" || c.connectionState === "failed"),
    unsent: connections.some((c) => c.connectionState === "failed" && sends(c)) && !connections.some((c) => c.connectionState === "connected" && sends(c)),
    sockets: seen?.hadSocket ? seen.sockets.filter((s) => s.deref()?.readyState === WebSocket.OPEN).length : null,
    empty: empty ? isThere("empty", empty) : null,
    odd,
    received,
    counters: counters(reports),
  };
})
