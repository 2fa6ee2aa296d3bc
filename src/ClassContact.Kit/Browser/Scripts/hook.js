// Runs before the meeting's own scripts, in their world: remembers which tracks and connections the page makes, and when its
// camera and microphone opened. It holds no image, no sound and no address.
(() => {
  const key = Symbol.for("classcontact");
  let room = window;
  try {
    if (window.top[key]) room = window.top; // a frame of the same site counts with the page it is in
  } catch { /* a frame of another site stays on its own */ }
  const seen = room[key] ?? { tracks: [], connections: [], cameraAt: null, microphoneAt: null, refused: null };
  if (!room[key]) Object.defineProperty(room, key, { value: seen });

  const now = () => performance.timeOrigin + performance.now();
  const note = (track) => {
    seen.tracks = seen.tracks.filter((t) => t.readyState === "live").concat(track);
    if (track.kind === "video") seen.cameraAt ??= now();
    else seen.microphoneAt ??= now();
  };

  const devices = globalThis.MediaDevices?.prototype;
  if (devices) {
    const ask = devices.getUserMedia;
    devices.getUserMedia = async function getUserMedia(...wanted) {
      try {
        const stream = await ask.apply(this, wanted);
        stream.getTracks().forEach(note);
        return stream;
      } catch (e) {
        seen.refused = String(e?.name);
        throw e;
      }
    };
  }
  const Native = globalThis.RTCPeerConnection;
  if (Native) {
    globalThis.RTCPeerConnection = new Proxy(Native, {
      construct(target, wanted, newTarget) {
        const connection = Reflect.construct(target, wanted, newTarget);
        seen.connections = seen.connections.filter((c) => c.deref()?.connectionState !== "closed").concat(new WeakRef(connection));
        return connection;
      },
    });
  }
})()
