# Mean run lengths of normal charts: spc. usage: Rscript charts_normal.R > ../charts_normal.json
suppressMessages({library(spc); library(jsonlite)})
cusum <- expand.grid(k = c(.25, .5, 1), h = c(2, 4, 5.5), mu = c(0, .5, 1.5))
cusum$arl <- mapply(function(k, h, mu) xcusum.arl(k = k, h = h, mu = mu, sided = "one", r = 120), cusum$k, cusum$h, cusum$mu)
ewma <- expand.grid(l = c(.05, .1, .25, 1), c = c(2.5, 3), mu = c(0, .5, 2))
ewma$arl <- mapply(function(l, c, mu) xewma.arl(l, c, mu, sided = "two", limits = "fix", r = 120), ewma$l, ewma$c, ewma$mu)
limits <- list(cusum = lapply(c(100, 500, 5000), function(L) list(k = .5, arl = L, h = xcusum.crit(.5, L, r = 120))),
  ewma = lapply(c(100, 500, 5000), function(L) list(l = .1, arl = L, c = xewma.crit(.1, L, sided = "two", r = 120))))
write_json(list(versions = list(R = R.version.string, spc = as.character(packageVersion("spc"))), cusum = cusum, ewma = ewma, limits = limits), stdout(), digits = NA, auto_unbox = TRUE)
