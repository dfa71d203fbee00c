/** The lock expires so long after its holder was last heard of. */
export const EXPIRY_MS = 15_000;

/**
 * `owns(lock, holder, token)`: whether the lock is the caller's. One that expired still is, as long as nobody took it
 * since: the second key names who took it last, and does not expire. It is taken again then, so that nobody comes in
 * between. `expiry` is in milliseconds.
 */
export const OWNS_FUNCTION = `
local function owns(lock, holder, token, expiry)
  local held = redis.call('GET', lock)
  if held and held ~= token then return false end
  if not held and redis.call('GET', holder) ~= token then return false end
  redis.call('SET', lock, token, 'PX', expiry)
  return true
end
`;

// KEYS: lock, holder; ARGV: token, expiry. Each answers 1 or 0.
export const TAKE = `
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
redis.call('SET', KEYS[2], ARGV[1])
return 1`;
export const OWNS = `${OWNS_FUNCTION}
return owns(KEYS[1], KEYS[2], ARGV[1], ARGV[2]) and 1 or 0`;
// A beat that arrives after the release finds no holder, so it does not take the lock again.
export const RELEASE = `
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
end
return 1`;
