// Secrets: everything that must be hard to guess, forge or read.
//
// - Hashes: SHA-256, HMAC, HKDF and comparison in constant time.
// - Keys: random tokens, the key ring that seals what the database keeps, secrets kept in files,
//   and values that carry their own signature, such as cookies.
// - Passwords: one hasher for every format known, and the rules a new password must keep.
// - JOSE: signing keys, JWK and JWT (RFC 7515, 7517, 7518, 7519, 7638, 8037).
//
// The work is done by OpenSSL 3, libxcrypt and libargon2. Nothing here reads a clock; randomness is
// passed in, except where OpenSSL makes a key pair or a signature: it has a generator of its own,
// seeded by the kernel.
//
// What arrives from outside never traps: it is refused by a closed error or nil. A precondition means
// that a library of the system lacks an algorithm that it always has, or that memory ran out.
