-- Adds a record to a set of records, without those that have ended. 0 where it has no room.
-- ARGV: the member, the end of the record in seconds, the most members.
local set, member, ends = KEYS[1], ARGV[1], ARGV[2]
redis.call('ZREMRANGEBYSCORE', set, '-inf', redis.call('TIME')[1])
if redis.call('ZCARD', set) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', set, ends, member)
if redis.call('EXPIRETIME', set) < tonumber(ends) then redis.call('EXPIREAT', set, ends) end
return 1
