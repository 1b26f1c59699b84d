-- wrk asks for the search pages of a list of addresses, one after the other (BENCH_LIST). With
-- BENCH_DISTINCT every address is new: no kept page can answer it, the search is the same.
local paths, place = {}, 0
local distinct, asked = os.getenv("BENCH_DISTINCT") == "1", os.time() * 1000000
for line in io.lines(os.getenv("BENCH_LIST")) do
    paths[#paths + 1] = line
end

function request()
    place = place % #paths + 1
    asked = asked + 1
    local path = distinct and paths[place] .. "&n=" .. asked or paths[place]
    return wrk.format("GET", path, { ["Accept-Encoding"] = "gzip" })
end
