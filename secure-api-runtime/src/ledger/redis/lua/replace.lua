-- Puts a record in the place of one that has still this version, which is its first 8 bytes. Gives the head of the one before.
-- ARGV: the version, the record, its end in seconds, the length of a head.
local before = redis.call('GET', KEYS[1])
if not before or before:sub(1, 8) ~= ARGV[1] then return false end
redis.call('SET', KEYS[1], ARGV[2], 'EXAT', ARGV[3])
return before:sub(1, tonumber(ARGV[4]))
