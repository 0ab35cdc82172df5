// The network of an old phone between a browser and the site: slow, and every byte is counted.
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** 400 kbit/s. */
const BYTES_A_SECOND = 400_000 / 8;
/** There and back, in milliseconds. */
const ROUND_TRIP = 400;
const PIECE = 1400;

/**
 * An address that leads to the site over the slow network, and what went over it so far:
 * `{ url, bytes, background }`; in the background is what the service worker fetches for later.
 */
export async function slowNetwork(site) {
  const { hostname, port } = new URL(site);
  const fetched = [];
  // A browser reaches a new site by a connection and its encryption: two journeys there and back.
  let free = 0;
  let connected;
  const connect = () => (connected ??= wait(2 * ROUND_TRIP));

  /** Sends a piece when the pieces before it, of whatever answer, have gone. */
  async function send(response, piece) {
    free = Math.max(free, performance.now()) + (piece.length / BYTES_A_SECOND) * 1000;
    await wait(free - performance.now());
    response.write(piece);
  }

  const server = createServer((request, response) => {
    const { url, method, headers } = request;
    const onward = ask({ hostname, port, path: url, method, headers }, async (answer) => {
      const head = `HTTP/1.1 ${answer.statusCode} \r\n${answer.rawHeaders.join('  ')}\r\n`.length;
      const worker = headers['service-worker'] === 'script' || /\/sw\.js/.test(headers.referer);
      const entry = { url, bytes: head, background: worker };
      fetched.push(entry);
      const body = (await answer.toArray()).reduce((all, chunk) => Buffer.concat([all, chunk]), Buffer.alloc(0));
      entry.bytes += body.length;
      await connect();
      await wait(ROUND_TRIP);
      response.writeHead(answer.statusCode, answer.rawHeaders);
      for (let at = 0; at < body.length; at += PIECE) await send(response, body.subarray(at, at + PIECE));
      response.end();
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    fetched,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
