// open-easyrtc with its own demos on 127.0.0.1, without its public ICE servers: node server.js MODULES PORT
const [modules, port] = process.argv.slice(2);
const from = (name) => require(require.resolve(name, { paths: [modules] }));
const app = from("express")();
const server = require("http").createServer(app);
const easyrtc = from("open-easyrtc");

easyrtc.setOption("appIceServers", []);
easyrtc.setOption("updateCheckEnable", false);
easyrtc.setOption("logColorEnable", false);
easyrtc.listen(app, from("socket.io")(server), null, () => server.listen(port, "127.0.0.1"));
