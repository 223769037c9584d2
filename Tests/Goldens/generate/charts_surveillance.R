# Mean run lengths of charts of failures: surveillance arlCusum (Hawkins 1992) and LRCUSUM.runlength (Hoehle 2010); spc's reference values, as FDA AIM-CU prints them. usage: Rscript charts_surveillance.R > ../charts_surveillance.json
suppressMessages({library(surveillance); library(spc); library(jsonlite)})
bernoulli <- lapply(list(c(10, 30, .05), c(10, 30, .2), c(25, 100, .02), c(25, 60, .05), c(2, 9, .3), c(5, 20, .15)), function(a)
  list(steps = a[1], limit = a[2], rate = a[3], arl = arlCusum(h = a[2] / a[1], k = 1 / a[1], theta = a[3], distr = "binomial", W = 100, digits = 2, n = 1)$ARL))
# Of a case drawn from these risks: outcome 2r - 1 is a success, 2r a failure of risk r; mu is the odds ratio.
set.seed(20261121)
risks <- round(rbeta(40, 2, 8), 4)
density <- function(y, mu, size, log = FALSE) {
  r <- risks[ceiling(y / 2)]; p <- mu * r / (1 - r + mu * r); d <- ifelse(y %% 2 == 0, p, 1 - p) / length(risks)
  if (log) log(d) else d
}
one <- function(x) matrix(x)
adjusted <- lapply(list(c(1, 2, 2.5, 1), c(1, 2, 2.5, 2), c(1, .5, 2, 1), c(1, 1.5, 1.8, 1.2)), function(a)
  c(list(keeping = a[1], finding = a[2], limit = a[3], odds = a[4]), lapply(c(arl = 500, coarse = 250), function(g) LRCUSUM.runlength(one(a[4]), one(a[1]), one(a[2]), h = a[3], dfun = density, n = 1, g = g,
    outcomeFun = function(k, n) matrix(seq_len(2 * length(risks))))$arl)))
reference <- lapply(c(50, 100, 150, 200, 300, 400, 500, 1000), function(L) list(arl = L, k = xcusum.crit.L0h(L, 4)))
v <- function(p) as.character(packageVersion(p))
write_json(list(versions = list(R = R.version.string, surveillance = v("surveillance"), spc = v("spc")), bernoulli = bernoulli, risks = risks, adjusted = adjusted, reference = reference), stdout(), digits = NA, auto_unbox = TRUE)
