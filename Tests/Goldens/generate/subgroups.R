# Heterogeneity over groups, adjusted gaps and sites: metafor, fisher.test, glm, oneway.test, ptukey. usage: Rscript subgroups.R > ../subgroups.json
suppressMessages({library(metafor); library(jsonlite)})
set.seed(20261121)
tables <- list(
  list(x = c(18, 40, 9, 70), n = c(20, 52, 10, 75)), list(x = c(3, 0), n = c(10, 12)), list(x = c(1, 2, 0, 4, 1), n = c(30, 25, 40, 22, 31)),
  list(x = c(90, 85, 60), n = c(100, 100, 100)), list(x = c(10, 12, 30, 44, 3, 7), n = c(10, 13, 31, 50, 3, 9)), list(x = c(1, 8), n = c(2, 200)),
  list(x = c(0, 1, 1, 0, 5, 2, 0, 1), n = c(40, 22, 19, 33, 28, 41, 17, 30)), list(x = c(480, 500, 455), n = c(600, 590, 610)))
heterogeneity <- lapply(tables, function(t) {
  y <- escalc(measure = "PLO", xi = t$x, ni = t$n, add = 1/2, to = "only0")
  fe <- rma(yi, vi, data = y, method = "FE")
  g <- factor(seq_along(t$x))
  a <- anova(glm(cbind(t$x, t$n - t$x) ~ g, family = binomial, control = list(epsilon = 1e-15, maxit = 200)), test = "LRT")
  list(successes = t$x, trials = t$n, logit = as.numeric(y$yi), variance = as.numeric(y$vi), q = fe$QE, p = fe$QEp, i2 = fe$I2 / 100, mean = as.numeric(fe$beta),
    exact = fisher.test(rbind(t$x, t$n - t$x), workspace = 2e7)$p.value, g2 = a$Deviance[2], g2p = a$`Pr(>Chi)`[2])
})
welch <- lapply(c(2, 3, 6), function(k) {
  n <- sample(4:12, k, TRUE); g <- factor(rep(seq_len(k), n)); y <- rnorm(sum(n), as.numeric(g) / 3, as.numeric(g))
  m <- tapply(y, g, mean); v <- tapply(y, g, var) / n
  list(mean = as.numeric(m), variance = as.numeric(v), residual = n - 1, p = oneway.test(y ~ g)$p.value)
})
range <- expand.grid(q = c(.5, 2, 3.5, 5), k = c(2, 3, 5, 12, 40))
range$p <- ptukey(range$q, range$k, Inf, lower.tail = FALSE)
strata <- lapply(1:4, function(i) {
  k <- c(2, 3, 5, 8)[i]; n1 <- rpois(k, 30) + 1; n0 <- rpois(k, 50) + 1; if (i == 3) n1[2] <- 1
  a <- rbinom(k, n1, .8); c <- rbinom(k, n0, .7)
  r <- rma.mh(measure = "RD", ai = a, bi = n1 - a, ci = c, di = n0 - c, drop00 = FALSE)
  list(a = a, n1 = n1, c = c, n0 = n0, rd = as.numeric(r$beta), se = r$se)
})
effects <- lapply(1:6, function(i) {
  k <- c(5, 5, 8, 20, 8, 12)[i]; v <- runif(k, .01, .3); y <- rnorm(k, 2, sqrt(v + c(0, .3, .1, .5, 0, .02)[i]))
  r <- rma(y, v, method = "REML", test = "adhoc", control = list(threshold = 1e-13, maxiter = 10000, tol = 1e-13))
  ci <- confint(r, control = list(tol = 1e-13))$random
  hk <- rma(y, v, tau2 = r$tau2, test = "knha")$se; z <- rma(y, v, tau2 = r$tau2, test = "z")$se; reach <- max(qt(.975, k - 1) * hk, qnorm(.975) * z)
  se <- r$se; t <- qt(.975, k - 2)
  list(y = y, v = v, mean = as.numeric(r$beta), se = se, lower = as.numeric(r$beta) - reach, upper = as.numeric(r$beta) + reach, tau2 = r$tau2, i2 = r$I2 / 100,
    tau2ci = unname(ci["tau^2", 2:3]), i2ci = unname(ci["I^2(%)", 2:3]) / 100, prediction = as.numeric(r$beta) + c(-1, 1) * t * sqrt(r$tau2 + se^2))
})
out <- list(versions = list(R = R.version.string, metafor = as.character(packageVersion("metafor"))), heterogeneity = heterogeneity, welch = welch,
  range = range, strata = strata, effects = effects)
write_json(out, stdout(), digits = NA, auto_unbox = TRUE)
