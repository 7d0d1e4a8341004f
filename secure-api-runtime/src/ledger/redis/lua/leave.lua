-- Takes a record out of a set of records.
-- KEYS: the set; for one of a holder, the sum of its bytes too. ARGV: the member, which ends with its bytes.
if redis.call('ZREM', KEYS[1], ARGV[1]) == 1 and KEYS[2] and redis.call('GET', KEYS[2]) then
    local takes = struct.unpack('>I4', ARGV[1], 25)
    redis.call('DECRBY', KEYS[2], takes)
end
return 1
