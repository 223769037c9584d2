# Agreement of readers: psych. usage: Rscript readers.R > ../readers.json
suppressMessages({library(psych); library(jsonlite)})
set.seed(20261121)
simulate <- function(n, k, m, noise) {
  t <- rnorm(n); x <- sapply(seq_len(k), function(j) t + noise * rnorm(n) + .2 * j)
  list(numbers = x, codes = apply(x, 2, function(v) as.integer(cut(v, c(-Inf, qnorm(seq_len(m - 1) / m), Inf))) - 1L))
}
settings <- list(c(60, 2, 2, .5), c(200, 2, 4, .8), c(90, 3, 3, .6), c(40, 5, 4, 1), c(400, 2, 3, .4))
out <- lapply(settings, function(s) {
  d <- simulate(s[1], s[2], s[3], s[4]); codes <- d$codes; m <- s[3]; lev <- seq_len(m) - 1
  pairs <- combn(s[2], 2); k <- function(w) mean(apply(pairs, 2, function(p) {
    t <- table(factor(codes[, p[1]], lev), factor(codes[, p[2]], lev)); wt <- if (w == 0) diag(m) else 1 - (abs(outer(lev, lev, "-")) / (m - 1))^w
    r <- cohen.kappa(unclass(t), w = wt); if (w == 0) r$kappa else r$weighted.kappa }))
  first <- table(factor(codes[, 1], lev), factor(codes[, 2], lev)); ck <- cohen.kappa(unclass(first))
  i <- ICC(d$numbers, lmer = FALSE)$results
  diff <- d$numbers[, 1] - d$numbers[, 2]
  list(categories = m, codes = codes, numbers = d$numbers, kappa = k(0), linear = k(1), quadratic = k(2), se = sqrt(ck$var.kappa),
    icc1 = i$ICC[i$type == "ICC2"], icck = i$ICC[i$type == "ICC2k"], bias = mean(diff), upper = mean(diff) + qnorm(.975) * sd(diff))
})
write_json(list(versions = list(R = R.version.string, psych = as.character(packageVersion("psych"))), readers = out), stdout(), digits = NA, auto_unbox = TRUE)
