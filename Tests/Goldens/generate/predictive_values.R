# Paired predictive values: geepack's sandwich, and scores summed case by case. usage: Rscript predictive_values.R > ../predictive_values.json
suppressMessages({library(geepack); library(jsonlite)})
expand <- function(pos, neg) { cell <- rbind(c(1, 1), c(1, 0), c(0, 1), c(0, 0))
  r <- rbind(cbind(1, cell[rep(1:4, pos), ]), cbind(0, cell[rep(1:4, neg), ])); data.frame(d = r[, 1], y1 = r[, 2], y2 = r[, 3], id = seq_len(nrow(r))) }
compare <- function(s, call, hit) {
  long <- rbind(data.frame(id = s$id, z = 0, y = s$y1, d = s$d), data.frame(id = s$id, z = 1, y = s$y2, d = s$d)); long <- long[long$y == call, ]
  long$hit <- as.numeric(long$d == hit); long <- long[order(long$id), ]; long$x <- 1 - long$z
  fit <- geeglm(hit ~ x, id = id, data = long, family = gaussian, corstr = "independence", control = geese.control(epsilon = 1e-14, maxit = 100))
  dbar <- mean(long$hit); zbar <- mean(long$z)
  u <- tapply((long$z - zbar) * (long$hit - dbar), long$id, sum)
  n <- table(long$z); e <- tapply(long$hit - dbar, long$id, prod); k <- tapply(long$hit, long$id, length); both <- sum(e[k == 2]) / sum(n)
  difference <- unname(coef(fit)[2])
  list(difference = difference, se = summary(fit)$coefficients[2, 2], score = sum(u)^2 / sum(u^2),
    weighted = difference^2 / ((dbar * (1 - dbar) - 2 * both) * sum(1 / n)))
}
sets <- list(list(c(319, 78, 22, 32), c(31, 53, 22, 155)), list(c(40, 6, 9, 5), c(12, 8, 3, 117)), list(c(15, 1, 3, 1), c(2, 2, 0, 60)))
out <- lapply(sets, function(s) { f <- expand(s[[1]], s[[2]]); list(positives = s[[1]], negatives = s[[2]], ppv = compare(f, 1, 1), npv = compare(f, 0, 0)) })
write_json(list(versions = list(R = R.version.string, geepack = as.character(packageVersion("geepack"))), sets = out), stdout(), digits = NA, auto_unbox = TRUE)
