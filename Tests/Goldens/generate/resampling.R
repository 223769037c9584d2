# Endpoints of bootstrap intervals of given replicates, false-discovery rates, the largest of correlated normals, beta-binomial
# fits: boot, p.adjust, mvtnorm, optim. usage: Rscript resampling.R > ../resampling.json
suppressMessages({library(boot); library(mvtnorm); library(jsonlite)})
set.seed(20261121)
statistics <- list(function(d, i) mean(d[i]), function(d, i) sd(d[i]) / mean(d[i]), function(d, i) median(d[i]) + mean(d[i]) / 10)
samples <- list(rexp(30), rgamma(50, 3), rlnorm(25, 0, 1), rnorm(40, 5))
endpoints <- list()
for (d in samples) for (s in statistics) for (R in c(99, 999)) {
  b <- boot(d, s, R); L <- empinf(b, type = "jack"); conf <- c(.8, .95)
  limits <- lapply(conf, function(c) list(level = c, percentile = boot.ci(b, c, type = "perc")$percent[4:5], bca = boot.ci(b, c, type = "bca", L = L)$bca[4:5]))
  endpoints[[length(endpoints) + 1]] <- list(t0 = b$t0, t = as.numeric(b$t), influence = L, limits = limits)
}
p <- c(.001, .008, .039, .041, .042, .06, .074, .205, .212, .216, .222, .251, .269, .275, .34, .341, .384, .569, .594, .696, .762, .94, .942, .975, .986, .04, .04, 1, 0)
equal <- function(k, r) matrix(r, k, k) + diag(1 - r, k)
ar <- function(k, r) r^abs(outer(1:k, 1:k, "-"))
blocks <- function(k) { m <- equal(2 * k, .2); m[1:k, 1:k] <- equal(k, .8); m }
matrices <- list(equal(2, 0), equal(10, .5), equal(40, .9), ar(8, -.7), blocks(5), equal(93, .3))
largest <- lapply(matrices, function(m) list(correlation = m, p = lapply(c(.001, .01, .04, .2), function(p) {
  z <- qnorm(1 - p / 2); k <- nrow(m)
  c(p, 1 - pmvnorm(rep(-z, k), rep(z, k), sigma = m, algorithm = GenzBretz(maxpts = 5e6, abseps = 1e-5))[1])
})))
loglik <- function(par, x, n) { m <- plogis(par[1]); s <- exp(par[2]); sum(lbeta(x + m * s, n - x + (1 - m) * s) - lbeta(m * s, (1 - m) * s)) }
groups <- list(list(x = c(18, 40, 9, 70, 3, 11), n = c(20, 52, 10, 75, 9, 12)), list(x = c(3, 0, 7, 9, 1), n = c(10, 12, 11, 20, 30)),
  list(x = c(1, 2, 0, 4, 1, 9, 0), n = c(30, 25, 40, 22, 31, 60, 8)), list(x = c(480, 500, 455, 9), n = c(600, 590, 610, 20)))
shrunken <- lapply(groups, function(g) {
  o <- optim(c(qlogis(sum(g$x) / sum(g$n)), 2), function(q) -loglik(q, g$x, g$n), control = list(reltol = 1e-15, maxit = 10000))
  o <- optim(o$par, function(q) -loglik(q, g$x, g$n), method = "BFGS", control = list(reltol = 1e-16, maxit = 10000))
  m <- plogis(o$par[1]); s <- exp(o$par[2])
  list(x = g$x, n = g$n, mean = m, size = s, value = (g$x + m * s) / (g$n + s))
})
out <- list(versions = list(R = R.version.string, boot = as.character(packageVersion("boot")), mvtnorm = as.character(packageVersion("mvtnorm"))),
  endpoints = endpoints, false_discovery = list(p = p, q = p.adjust(p, "BH")), largest = largest, shrunken = shrunken)
cat(toJSON(out, digits = NA, auto_unbox = TRUE), "\n")
