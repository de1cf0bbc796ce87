-- For wrk: asks for the addresses of a list in turn, and counts those that lead nowhere. A line is a status, a space and a path.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  requests, missing = {}, 0
  for line in io.lines(args[1]) do
    local status, path = line:match("^(%d+) (.+)$")
    table.insert(requests, { text = wrk.format("GET", path), missing = status == "404" })
  end
  -- each thread begins at a place of its own
  at = (number * 7919) % #requests
end

function request()
  at = at % #requests + 1
  local entry = requests[at]
  if entry.missing then missing = missing + 1 end
  return entry.text
end

function done(summary, latency, _)
  local expected = 0
  for _, thread in ipairs(threads) do expected = expected + thread:get("missing") end
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"bytes":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"missing":%d,"socket":%d}\n',
    summary.requests, summary.bytes, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, expected, errors.connect + errors.read + errors.write + errors.timeout
  ))
end
