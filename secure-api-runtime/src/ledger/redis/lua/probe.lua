-- Tries what the scripts need, and gives the time.
redis.call('SET', KEYS[1], struct.pack('>I7', 1), 'PX', 1000)
redis.call('ZADD', KEYS[2], 1, 'probe')
redis.call('EXPIREAT', KEYS[2], redis.call('TIME')[1] + 1)
return redis.call('TIME')[1]
