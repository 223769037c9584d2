# Points and parts of ROC curves, and the covariance of several on the same cases, by pROC. usage: Rscript curves.R > ../curves.json
suppressMessages({library(pROC); library(jsonlite)})
set.seed(20261121)
at <- c(.5, .8, .9, .95); ranges <- list(c(.9, 1), c(.8, 1), c(.5, .9), c(0, 1))
sets <- list()
for (i in 1:6) {
  m <- c(5, 12, 30, 80, 40, 60)[i]; n <- c(6, 40, 30, 200, 35, 60)[i]
  y <- c(rep(1, m), rep(0, n)); x <- rnorm(m + n, y * c(1, .5, 2, 1.2, 0, .8)[i])
  s <- if (i %% 2 == 0) round(x) else round(x, 6)
  r <- roc(y, s, direction = "<", levels = c(0, 1), quiet = TRUE)
  read <- function(given, wanted) coords(r, at, input = given, ret = wanted, transpose = FALSE)[[wanted]]
  partial <- lapply(ranges, function(range) list(range = range,
    mean = as.numeric(auc(r, partial.auc = rev(range))) / diff(range),
    corrected = as.numeric(auc(r, partial.auc = rev(range), partial.auc.correct = TRUE))))
  others <- lapply(1:3, function(j) round(x + rnorm(m + n, sd = j), j - 1))
  curves <- c(list(r), lapply(others, function(o) roc(y, o, direction = "<", levels = c(0, 1), quiet = TRUE)))
  sets[[i]] <- list(label = y, score = s, sensitivity = read("specificity", "sensitivity"),
    specificity = read("sensitivity", "specificity"), partial = partial, others = others,
    areas = sapply(curves, function(c) as.numeric(auc(c))),
    covariance = lapply(curves, function(a) sapply(curves, function(b) if (identical(a, b)) var(a) else cov(a, b))))
  if (i == 4) {
    boot <- function(range) sqrt(var(roc(y, s, direction = "<", levels = c(0, 1), quiet = TRUE, partial.auc = rev(range)),
      method = "bootstrap", boot.n = 4000, progress = "none")) / diff(range)
    sets[[i]]$bootstrap <- list(partial = sapply(ranges, boot),
      sensitivity = unname(ci.se(r, specificities = at, boot.n = 4000, progress = "none")[, c(1, 3)]))
  }
}
out <- list(versions = list(R = R.version.string, pROC = as.character(packageVersion("pROC"))), at = at, sets = sets)
write_json(out, stdout(), digits = NA, auto_unbox = TRUE)
