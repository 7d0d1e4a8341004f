-- Removes a record. Gives its head.
-- ARGV: the length of a head.
local before = redis.call('GET', KEYS[1])
if not before then return false end
redis.call('DEL', KEYS[1])
return before:sub(1, tonumber(ARGV[1]))
