-- Refuses credentials that were issued before a time, until another one. Of two revocations the later times count.
-- ARGV: both in seconds; a text that is stored is one that came, so none is rounded.
local before = redis.call('GET', KEYS[1])
local issued = ARGV[1]
if before and tonumber(before) > tonumber(issued) then issued = before end
-- Clocks differ: it holds a minute at least, whatever this machine says what time it is.
local ends = math.max(tonumber(ARGV[2]), redis.call('TIME')[1] + 60, redis.call('EXPIRETIME', KEYS[1]))
redis.call('SET', KEYS[1], issued, 'EXAT', string.format('%.0f', ends))
return 1
