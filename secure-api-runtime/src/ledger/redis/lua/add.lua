-- Adds points to scores of one slot, which lose half of them in their half-life.
-- KEYS: a score each. ARGV: of each its points and its half-life in microseconds. Gives the scores, 8 bytes each.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local answer = {}
for place, key in ipairs(KEYS) do
    local points, half_life = tonumber(ARGV[place * 2 - 1]), tonumber(ARGV[place * 2])
    local text, score = redis.call('GET', key), 0
    if text then
        local before, last = struct.unpack('>dI7', text)
        score = before * 2 ^ (math.min(0, last - now) / half_life)
    end
    score = score + points
    if points > 0 then
        -- Below a thousandth of a point it is forgotten.
        local lives = half_life * math.log(score * 1000) / math.log(2)
        if lives > 0 then
            redis.call('SET', key, struct.pack('>dI7', score, now), 'PX', math.ceil(lives / 1000) + 1)
        else
            redis.call('DEL', key)
        end
    end
    answer[place] = struct.pack('>d', score)
end
return table.concat(answer)
