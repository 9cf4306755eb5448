// SHA-256 of short texts (FIPS 180-4). Pages without https have no `crypto.subtle`, and awaiting it
// for each of thousands of texts would take longer than the reckoning.

const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);

/** The first 32 bits of the fraction of a prime's root, as the standard takes its constants. */
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;

const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const W = new Int32Array(64);

/** Work one block of 16 words, which stand in W, into the state. */
function compress(state) {
  for (let i = 16; i < 64; i += 1) {
    const x = W[i - 15];
    const y = W[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** The eight words of the hash of an ASCII text. */
export function sha256(text) {
  const state = START.slice();
  const blocks = ((text.length + 8) >> 6) + 1;
  for (let block = 0; block < blocks; block += 1) {
    W.fill(0, 0, 16);
    for (let i = 0; i < 64; i += 1) {
      const at = block * 64 + i;
      const byte = at < text.length ? text.charCodeAt(at) : at === text.length && 0x80;
      W[i >> 2] |= byte << (24 - (i & 3) * 8);
    }
    if (block === blocks - 1) W[15] = text.length * 8;
    compress(state);
  }
  return state;
}

/** How many bits at the front of a hash are zero, up to 32. */
export const zeros = (state) => Math.clz32(state[0]);

/** The smallest number whose hash behind `text` begins with `bits` zero bits. */
export function solved(text, bits) {
  for (let n = 0; ; n += 1) if (zeros(sha256(text + n)) >= bits) return n;
}
