# Hosmer-Lemeshow over tenths of risk and the decomposition of the Brier score over ten bins, directly; smooth calibration curves by rms.
# usage: Rscript calibration.R > ../calibration.json
suppressMessages({library(rms); library(jsonlite)})
set.seed(20261121)
tenths <- function(p) {
  n <- length(p); group <- integer(n); start <- 0; g <- 0
  for (t in 1:10) {
    end <- max(start, (n * t) %/% 10)
    while (end > start && end < n && p[end + 1] == p[end]) end <- end + 1
    if (end > start) { g <- g + 1; group[(start + 1):end] <- g; start <- end }
  }
  group
}
sets <- list()
for (i in 1:6) {
  n <- c(80, 150, 400, 95, 1000, 250)[i]
  p <- sort(round(rbeta(n, c(1, .8, 2, 1, .5, 3)[i], c(1, 2, 2, 4, 1, 1)[i]), if (i %% 2) 5 else 1))
  p <- pmin(pmax(p, .01), .99)
  y <- rbinom(n, 1, plogis(c(0, .3, 0, -.5, 0, .2)[i] + c(.6, .7, 1, .8, 1, .8)[i] * qlogis(p)))
  w <- round(runif(n, .2, 6), 3)
  group <- tenths(p); O <- tapply(y, group, sum); E <- tapply(p, group, sum); m <- tabulate(group)
  chi2 <- sum((O - E)^2 / (E * (1 - E / m)))
  bin <- pmin(floor(p * 10), 9)
  murphy <- function(w) {
    W <- sum(w); in_bin <- function(x) ave(w * x, bin, FUN = sum) / ave(w, bin, FUN = sum)
    pk <- in_bin(p); yk <- in_bin(y); o <- sum(w * y) / W
    list(brier = sum(w * (p - y)^2) / W, reliability = sum(w * (pk - yk)^2) / W, resolution = sum(w * (yk - o)^2) / W,
      uncertainty = o * (1 - o), within_variance = sum(w * (p - pk)^2) / W, within_covariance = 2 * sum(w * (p - pk) * (y - yk)) / W)
  }
  lp <- qlogis(p); k <- if (n < 30) 3 else if (n < 100) 4 else 5
  at <- unique(quantile(lp, list(c(.1, .5, .9), c(.05, .35, .65, .95), c(.05, .275, .5, .725, .95))[[k - 2]], names = FALSE))
  if (n < 100) at[c(1, length(at))] <- sort(lp)[c(5, n - 4)]
  if (all(table(lp) / n < .05)) stopifnot(all.equal(at, attr(rcs(lp, k), "parms"), check.attributes = FALSE))
  # rms's basis; glm, whose fits go to the last digits, while lrm stops before.
  B <- cbind(1, unclass(rcs(lp, at))); grid <- seq(min(lp), max(lp), length.out = 9); G <- cbind(1, unclass(rcs(grid, at)))
  fit <- glm.fit(B, y, family = binomial(), control = list(epsilon = 1e-15, maxit = 200)); eta <- drop(B %*% coef(fit))
  bread <- solve(t(B) %*% (B * plogis(eta) * plogis(-eta)))
  patient <- (seq_len(n) * 7919) %% (n %/% 2); K <- length(unique(patient))
  moves <- sapply(unique(patient), function(k) { i <- patient == k; W <- B[i, , drop = FALSE] * (plogis(eta) * plogis(-eta))[i]
    solve(solve(bread) - t(B[i, , drop = FALSE]) %*% W, colSums(B[i, , drop = FALSE] * (y - plogis(eta))[i])) })
  sandwich <- (K - 1) / K * tcrossprod(moves) # of the jackknife in one step
  close <- lrm(y ~ rcs(lp, at), eps = 1e-7, maxit = 50); stopifnot(max(abs(plogis(close$linear.predictors) - plogis(eta))) < 1e-4)
  distance <- abs(p - plogis(eta))
  # Updates against the spline: likelihood ratios, and Hotelling's T2 by patient.
  ll <- function(eta) sum(dbinom(y, 1, plogis(eta), log = TRUE))
  smaller <- function(X, offset) { f <- glm.fit(X, y, family = binomial(), offset = offset, control = list(epsilon = 1e-15, maxit = 200)); f$linear.predictors }
  null <- rep(0, n); one <- matrix(1, n, 1)
  ratio <- 2 * (ll(eta) - c(ll(lp), ll(smaller(one, lp)), ll(smaller(cbind(1, lp), null))))
  df <- ncol(B) - 0:2; off <- coef(fit) - c(0, 1, rep(0, ncol(B) - 2))
  nu <- min(length(unique(patient[y == 1])), length(unique(patient[y == 0]))) - 1
  t2 <- sapply(1:3, function(k) { s <- k:ncol(B); drop(off[s] %*% solve(sandwich[s, s], off[s])) })
  sets[[i]] <- list(
    smooth = list(knots = at, at = grid, linear = drop(G %*% coef(fit)), se = sqrt(rowSums(G %*% bread * G)), patient = patient,
      se_by_patient = sqrt(rowSums(G %*% sandwich * G)),
      ici = mean(distance), e50 = median(distance), e90 = quantile(distance, .9, names = FALSE), emax = max(distance)),
    recalibration = list(ratio = ratio, df = df, p = pchisq(ratio, df, lower.tail = FALSE), t2 = t2,
      p_by_patient = pf(t2 * (nu - df + 1) / (nu * df), df, nu - df + 1, lower.tail = FALSE)),
    label = y, score = p, weight = w,
    hosmer_lemeshow = list(statistic = chi2, groups = length(m), p = pchisq(chi2, length(m), lower.tail = FALSE)),
    murphy = murphy(rep(1, n)), murphy_weighted = murphy(w))
}
write_json(list(versions = list(R = R.version.string, rms = as.character(packageVersion("rms"))), sets = sets), stdout(), digits = NA, auto_unbox = TRUE)
