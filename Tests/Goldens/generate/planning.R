# Sample sizes of two proportions. usage: Rscript planning.R > ../planning.json
library(jsonlite)
pairs <- list(c(.90, .80, .80, .05), c(.90, .85, .80, .05), c(.75, .60, .90, .01), c(.97, .93, .80, .05), c(.55, .50, .95, .05))
two <- lapply(pairs, function(x) list(first = x[1], second = x[2], power = x[3], alpha = x[4],
  n = power.prop.test(p1 = x[1], p2 = x[2], power = x[3], sig.level = x[4], tol = 1e-12)$n))
gap <- lapply(c(40, 150, 900), function(n) list(n = n, assumed = .9,
  lower = 1 - power.prop.test(n = n, p1 = .1, power = .8, sig.level = .05, tol = 1e-12)$p2))
write_json(list(versions = list(R = R.version.string),
  two = two, gap = gap), stdout(), digits = NA, auto_unbox = TRUE)
