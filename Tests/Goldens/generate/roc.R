# Areas under the ROC curve by pROC, logistic recalibration by glm, adjusted p by p.adjust. usage: Rscript roc.R > ../roc.json
suppressMessages({library(pROC); library(jsonlite)})
set.seed(20261121)
sets <- list()
for (i in 1:8) {
  m <- c(5, 12, 30, 80, 40, 7, 60, 25)[i]; n <- c(6, 40, 30, 200, 35, 90, 60, 400)[i]
  y <- c(rep(1, m), rep(0, n)); p <- plogis(rnorm(m + n, y * c(1, .5, 2, 1.2, 0, 3, .8, 1.5)[i] - .7))
  s <- if (i %% 2 == 0) round(p, 1) else round(p, 6)
  s <- pmin(pmax(s, .01), .99)
  r <- roc(y, s, direction = "<", levels = c(0, 1), quiet = TRUE)
  other <- round(plogis(qlogis(s) + rnorm(m + n)), 4)
  lp <- qlogis(s); g1 <- glm(y ~ lp, family = binomial, control = list(epsilon = 1e-14, maxit = 100))
  g0 <- glm(y ~ offset(lp), family = binomial, control = list(epsilon = 1e-14, maxit = 100))
  # glm's own standard errors are those of the step before the last; these are at the maximum.
  se <- function(X, eta) sqrt(diag(solve(t(X) %*% (X * as.vector(plogis(eta) * plogis(-eta))))))
  # Where the deviance, at the best intercept, is the quantile above its lowest.
  rise <- function(b) deviance(suppressWarnings(glm(y ~ offset(b * lp), family = binomial, control = list(epsilon = 1e-14, maxit = 200)))) - deviance(g1) - qchisq(.95, 1)
  b <- unname(coef(g1)[2]); w <- 6 * se(cbind(1, lp), g1$linear.predictors)[2]
  profile <- c(uniroot(rise, c(b - w, b), tol = 1e-13)$root, uniroot(rise, c(b, b + w), extendInt = "upX", tol = 1e-13)$root)
  # Hall's exponential transformation of Student's statistic, inverted by search; then the share's interval around it.
  e <- (s - y)^2; k <- m + n; skew <- mean((e - mean(e))^3) / mean((e - mean(e))^2)^1.5 / sqrt(k)
  g <- function(T) (exp(2 * skew / 3 * T) - 1) / (2 * skew / 3) + skew / 6
  back <- function(w) tryCatch(uniroot(function(T) g(T) - w, c(-60, 60), tol = 1e-13)$root, error = function(e) -sign(skew) * Inf)
  hall <- mean(e) - sd(e) / sqrt(k) * c(back(qt(.975, k - 1)), back(qt(.025, k - 1)))
  x <- sum(e); hall <- c(max(hall[1], qbeta(.025, x, k - x + 1)), min(hall[2], qbeta(.975, x + 1, k - x)))
  group <- rep(c("a", "b"), length.out = m + n)
  ra <- roc(y[group == "a"], s[group == "a"], direction = "<", levels = c(0, 1), quiet = TRUE)
  rb <- roc(y[group == "b"], s[group == "b"], direction = "<", levels = c(0, 1), quiet = TRUE)
  t <- suppressWarnings(roc.test(ra, rb, method = "delong", paired = FALSE))
  sets[[i]] <- list(label = y, score = s, auc = as.numeric(auc(r)), variance = var(r, method = "delong"),
    group = group, unpaired = list(statistic = unname(t$statistic), df = unname(t$parameter), p = t$p.value),
    hall = hall, profile = profile, slope = list(intercept = unname(coef(g1)[1]), slope = unname(coef(g1)[2]), se = unname(se(cbind(1, lp), g1$linear.predictors))),
    intercept = list(value = unname(coef(g0)), se = se(cbind(rep(1, m + n)), g0$linear.predictors)))
}
pv <- c(.001, .008, .039, .041, .042, .06, .074, .205, .212, .216, .041)
out <- list(versions = list(R = R.version.string, pROC = as.character(packageVersion("pROC"))), sets = sets,
  adjust = list(p = pv, holm = p.adjust(pv, "holm"), hochberg = p.adjust(pv, "hochberg")))
write_json(out, stdout(), digits = NA, auto_unbox = TRUE)
