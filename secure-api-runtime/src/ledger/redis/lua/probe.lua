-- Tries what the scripts need, and gives the time.
local text, set = KEYS[1], KEYS[2]
local now = redis.call('TIME')[1]
redis.call('SET', text, struct.pack('>I7', 1), 'PX', 1000)
redis.call('GET', text)
redis.call('PTTL', text)
redis.call('EXPIRETIME', text)
redis.call('ZADD', set, 1, 'probe')
redis.call('EXPIREAT', set, now + 1)
redis.call('ZCARD', set)
redis.call('ZRANGE', set, 0, -1)
redis.call('ZREM', set, 'probe')
redis.call('ZREMRANGEBYSCORE', set, '-inf', now)
redis.call('DEL', text)
return now
