-- Adds a record to a set of records, without those that have ended. 0 where it has no room.
-- KEYS: the set; for one of a holder, the sum of its bytes too. ARGV: the member, the end of the record in seconds; for one of a
-- holder, the most members and the most bytes. A member ends with its bytes.
local set, sum, member, ends = KEYS[1], KEYS[2], ARGV[1], ARGV[2]
local now = redis.call('TIME')[1]

local function bytes(members)
    local all = 0
    for _, one in ipairs(members) do all = all + struct.unpack('>I4', one, 25) end
    return all
end

local held = 0
if sum then
    held = tonumber(redis.call('GET', sum) or bytes(redis.call('ZRANGE', set, 0, -1)))
    held = held - bytes(redis.call('ZRANGEBYSCORE', set, '-inf', now))
end
redis.call('ZREMRANGEBYSCORE', set, '-inf', now)
if sum then
    local more = held + bytes({ member })
    if redis.call('ZCARD', set) >= tonumber(ARGV[3]) or more > tonumber(ARGV[4]) then
        local last = redis.call('EXPIRETIME', set)
        if last > 0 then redis.call('SET', sum, held, 'EXAT', last) end
        return 0
    end
    held = more
end
redis.call('ZADD', set, ends, member)
local last = math.max(redis.call('EXPIRETIME', set), tonumber(ends))
redis.call('EXPIREAT', set, last)
if sum then redis.call('SET', sum, held, 'EXAT', last) end
return 1
