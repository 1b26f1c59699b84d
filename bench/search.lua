-- wrk asks for the search pages of a list of addresses, one after the other (BENCH_LIST).
local paths, place = {}, 0
for line in io.lines(os.getenv("BENCH_LIST")) do
    paths[#paths + 1] = line
end

function request()
    place = place % #paths + 1
    return wrk.format("GET", paths[place], { ["Accept-Encoding"] = "gzip" })
end
