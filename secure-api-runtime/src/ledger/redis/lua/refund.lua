-- Gives back what was charged to cells of one slot at a time. Never more than that becomes free: where it is not known any more
-- what was charged then, nothing is given back, or what ends first.
-- KEYS: a cell each. ARGV: the time, then of each charge its kind, its room, its time in microseconds, its weight.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local at = tonumber(ARGV[1])
local back = {}

function back.w(text, _, length, weight)
    -- Once it has come back by itself, what is charged is somebody else's.
    if at + length <= now then return text end
    local texts = { 'w' }
    for place = 2, #text, 11 do
        local number, last = struct.unpack('>I4I7', text, place)
        if last >= at then
            local taken = math.min(number, weight)
            number, weight = number - taken, weight - taken
        end
        if number > 0 then texts[#texts + 1] = struct.pack('>I4I7', number, last) end
    end
    return #texts > 1 and table.concat(texts)
end

function back.s(text, _, interval, weight)
    -- Later than that somebody may have begun anew, whose charge this would be.
    if at + weight * interval <= now then return text end
    return 's' .. struct.pack('>I7', struct.unpack('>I7', text, 2) - weight * interval)
end

function back.a(text, _, lease, weight)
    local ends = at + lease
    if ends <= now then return text end
    local place = text:find(struct.pack('>I4I7', weight, ends), 6, true)
    if not place or (place - 6) % 11 > 0 then
        place = nil
        for from = 6, #text, 11 do
            local number, other = struct.unpack('>I4I7', text, from)
            if number == weight and other >= ends then
                place = from
                break
            end
        end
    end
    if not place then return text end
    local spent = struct.unpack('>I4', text, 2) - weight
    local rest = text:sub(6, place - 1) .. text:sub(place + 11)
    return #rest > 0 and 'a' .. struct.pack('>I4', spent) .. rest
end

for place, key in ipairs(KEYS) do
    local kind = ARGV[place * 4 - 2]
    local room, length, weight = tonumber(ARGV[place * 4 - 1]), tonumber(ARGV[place * 4]), tonumber(ARGV[place * 4 + 1])
    local text = redis.call('GET', key)
    if text and text:sub(1, 1) == kind then
        local after = back[kind](text, room, length, weight)
        if not after then
            redis.call('DEL', key)
        elseif after ~= text then
            redis.call('SET', key, after, 'KEEPTTL')
        end
    end
end
return 1
