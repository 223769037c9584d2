# Sensitivity and specificity by site, jointly: lme4 glmer, Laplace. usage: Rscript sites.R > ../sites.json
suppressMessages({library(lme4); library(jsonlite)})
set.seed(20261121)
draw <- function(k, n1, n0, mean, tau, rho) {
  u <- matrix(rnorm(2 * k), k) %*% chol(outer(tau, tau) * matrix(c(1, rho, rho, 1), 2))
  n1 <- rep_len(n1, k); n0 <- rep_len(n0, k)
  data.frame(tp = rbinom(k, n1, plogis(mean[1] + u[, 1])), positives = n1, tn = rbinom(k, n0, plogis(mean[2] + u[, 2])), negatives = n0)
}
sets <- list(
  draw(8, 100, 120, c(1.7, 2.2), c(.6, .5), -.5), draw(20, c(100, 60), c(80, 300, 150), c(1.7, 2.2), c(.4, .6), .4),
  draw(12, c(9, 30, 14), c(25, 60), c(1.2, 2.5), c(.9, .7), -.3), draw(40, c(5, 12), c(8, 20, 31), c(1.5, 1.1), c(.7, 1), .2),
  # Sites without positives, without negatives.
  transform(draw(12, 50, 70, c(1.5, 1.9), c(.8, .6), -.4), tp = replace(tp, 1:2, 0), positives = replace(positives, 1:2, 0), tn = replace(tn, 12, 0), negatives = replace(negatives, 12, 0)),
  # At the edge: correlation -1; no variance of sensitivity; none of either.
  data.frame(tp = c(60, 70, 80, 90, 95, 85), positives = 100, tn = c(95, 90, 85, 72, 62, 80), negatives = 100),
  data.frame(tp = c(85, 84, 86, 85, 85, 86), positives = 100, tn = c(95, 70, 85, 60, 92, 80), negatives = 100),
  data.frame(tp = c(85, 84, 86, 85, 85), positives = 100, tn = c(90, 91, 90, 89, 90), negatives = 100))
fit <- function(d) {
  k <- nrow(d)
  long <- data.frame(site = factor(rep(seq_len(k), 2)), positive = factor(rep(c("y", "n"), each = k), levels = c("y", "n")), x = c(d$tp, d$tn), n = c(d$positives, d$negatives))
  long <- long[long$n > 0, ]
  # Several starts: at the edge one of them alone may stop early.
  models <- Filter(Negate(is.null), lapply(list(c(1, 0, 1), c(.5, -.4, .3), c(.5, .4, .3), c(.3, -.3, 0), c(0, 0, .5)), function(theta) suppressMessages(suppressWarnings(tryCatch(
    glmer(cbind(x, n - x) ~ 0 + positive + (0 + positive | site), long, binomial, nAGQ = 1, start = list(theta = theta),
      control = glmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = .1, rhoend = 1e-9, maxfun = 1e5), tolPwrss = 1e-11, check.conv.singular = "ignore", check.nobs.vs.nRE = "ignore")), error = function(e) NULL)))))
  m <- models[[which.min(sapply(models, function(m) -2 * as.numeric(logLik(m))))]]
  # The observed information by differences of the deviance, with the parameters that lie on their bound held there.
  theta <- getME(m, "theta"); free <- if (theta[1] < 1e-4) c(FALSE, FALSE, theta[3] > 1e-4) else if (theta[3] < 1e-4 && abs(theta[2]) < 1e-4) c(TRUE, FALSE, FALSE) else c(TRUE, TRUE, theta[3] > 1e-4)
  deviance <- update(m, devFunOnly = TRUE); at <- c(theta, fixef(m)); free <- c(free, TRUE, TRUE)
  at[1:3][theta < 1e-4 & theta > -1e-4] <- 0
  h <- 2e-3; p <- which(free); H <- matrix(0, length(p), length(p)); f <- function(v) { a <- at; a[p] <- a[p] + v; deviance(a) }
  e <- function(i) replace(numeric(length(p)), i, h)
  for (i in seq_along(p)) for (j in seq_along(p)) H[i, j] <- (f(e(i) + e(j)) - f(e(i) - e(j)) - f(e(j) - e(i)) + f(-e(i) - e(j))) / (4 * h^2)
  se <- tail(sqrt(diag(solve(H / 2))), 2)
  v <- VarCorr(m)$site; sd <- attr(v, "stddev")
  list(tp = d$tp, positives = d$positives, tn = d$tn, negatives = d$negatives, deviance = -2 * as.numeric(logLik(m)), mean = unname(fixef(m)), tau = unname(sd),
    correlation = attr(v, "correlation")[1, 2], se = unname(se), theta = unname(theta))
}
write_json(list(versions = list(R = R.version.string, lme4 = as.character(packageVersion("lme4"))), laplace = lapply(sets, fit)), stdout(), digits = NA, auto_unbox = TRUE)
