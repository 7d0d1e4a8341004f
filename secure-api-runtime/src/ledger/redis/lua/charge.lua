-- Charges all cells of one slot, or none.
-- KEYS: a cell each. ARGV: of each charge its kind, its room, its time in microseconds, its weight.
-- A cell is its kind and numbers in binary: as text, Lua would round a time.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local measure = {}

-- Requests and their last time each, at most 16; the oldest first.
function measure.w(text, count, length, weight)
    local entries, spent = {}, 0
    for at = 2, #text, 11 do
        local number, last = struct.unpack('>I4I7', text, at)
        if last + length > now then
            entries[#entries + 1] = { number, last }
            spent = spent + number
        end
    end
    local free = count - spent
    local reset = entries[1] and entries[1][2] + length - now or length
    if weight > free then
        local wait, back = length, free
        for _, entry in ipairs(weight <= count and entries or {}) do
            back = back + entry[1]
            if back >= weight then
                wait = entry[2] + length - now
                break
            end
        end
        return nil, free, reset, wait
    end
    local most, left, last = math.ceil(count / 16), weight, entries[#entries]
    -- Times grow, also where the clock went back.
    local at = last and math.max(now, last[2]) or now
    if last and left > 0 and last[1] < most then
        local taken = math.min(left, most - last[1])
        last[1], last[2], left = last[1] + taken, at, left - taken
    end
    while left > 0 do
        if #entries >= 16 then
            local least, first
            for place = 1, #entries - 1 do
                local sum = entries[place][1] + entries[place + 1][1]
                if not least or sum < least then least, first = sum, place end
            end
            entries[first + 1][1] = least
            table.remove(entries, first)
        end
        local taken = math.min(left, most)
        entries[#entries + 1] = { taken, at }
        left = left - taken
    end
    local texts = { 'w' }
    for place, entry in ipairs(entries) do
        texts[place + 1] = struct.pack('>I4I7', entry[1], entry[2])
    end
    return table.concat(texts), free - weight, reset, 0, at + length - now
end

-- The time at which all has come back (GCRA).
function measure.s(text, burst, interval, weight)
    local full, owed = burst * interval, 0
    if #text > 0 then owed = math.max(0, struct.unpack('>I7', text, 2) - now) end
    local after = owed + weight * interval
    local fits = after <= full
    local room = full - (fits and after or owed)
    local free, reset = math.floor(room / interval), interval - room % interval
    if room < 0 then reset = interval - room end
    if not fits then return nil, free, reset, weight <= burst and after - full or full end
    return 's' .. struct.pack('>I7', now + after), free, reset, 0, after
end

-- What is held in all; then each weight with the end of its lease, in the order in which they came.
function measure.a(text, count, lease, weight, key)
    local spent, from = 0, 6
    if #text > 0 then spent = struct.unpack('>I4', text, 2) end
    local reset = lease
    while from <= #text do
        local number, ends = struct.unpack('>I4I7', text, from)
        if ends > now then
            reset = ends - now
            break
        end
        spent, from = spent - number, from + 11
    end
    local free = count - spent
    if weight > free then
        local wait, back = lease, free
        for at = from, weight <= count and #text or 0, 11 do
            local number, ends = struct.unpack('>I4I7', text, at)
            back = back + number
            if back >= weight then
                wait = math.max(1, ends - now)
                break
            end
        end
        return nil, free, reset, wait
    end
    local after = 'a' .. struct.pack('>I4', spent + weight) .. text:sub(from) .. struct.pack('>I4I7', weight, now + lease)
    -- A lease may have been longer than it is now, and its place is held until its end.
    return after, free - weight, reset, 0, math.max(lease, redis.call('PTTL', key) * 1000)
end

local answer, texts, lives, admitted = { 1, now }, {}, {}, true
for place, key in ipairs(KEYS) do
    local kind = ARGV[place * 4 - 3]
    local room, length, weight = tonumber(ARGV[place * 4 - 2]), tonumber(ARGV[place * 4 - 1]), tonumber(ARGV[place * 4])
    local text = texts[key] or redis.call('GET', key) or ''
    -- Another bound of the same name: what was spent of that one is no measure of this one.
    if text:sub(1, 1) ~= kind then text = '' end
    local after, free, reset, wait, life = measure[kind](text, room, length, weight, key)
    if not after then
        admitted = false
    elseif weight > 0 then
        texts[key], lives[key] = after, life
    end
    answer[#answer + 1] = math.max(0, free)
    answer[#answer + 1] = reset
    answer[#answer + 1] = wait
end
if not admitted then
    answer[1] = 0
    return answer
end
for key, text in pairs(texts) do
    redis.call('SET', key, text, 'PX', math.ceil(lives[key] / 1000) + 1)
end
return answer
