# Weighted estimates with linearised standard errors by survey. usage: Rscript weights.R > ../weights.json
suppressMessages({library(survey); library(jsonlite)})
set.seed(20261121)
one <- function(x, design) { m <- svymean(x, design); list(value = unname(coef(m)[1]), se = unname(SE(m)[1])) }
fit <- function(formula, design) {
  first <- suppressWarnings(svyglm(formula, design, family = quasibinomial, control = glm.control(epsilon = 1e-14, maxit = 100)))
  # Standard errors are those of the step before the last: begun at the maximum, that is the maximum too.
  at_maximum <<- coef(first)
  g <- suppressWarnings(svyglm(formula, design, family = quasibinomial, control = glm.control(epsilon = 1e-14, maxit = 100), start = at_maximum))
  list(value = unname(tail(coef(g), 1)), se = unname(tail(SE(g), 1)))
}
sets <- list()
for (i in 1:6) {
  n <- c(60, 90, 150, 80, 120, 200)[i]
  patient <- if (i <= 3) 1:n else sort(sample(1:(n %/% 2), n, replace = TRUE))
  y <- rbinom(n, 1, .4); lp <- round(rnorm(n, 1.4 * y - .9), 3); p <- round(plogis(lp), 6); lp <- qlogis(p)
  flag <- as.integer(p >= .5)
  w <- if (i %% 3 == 1) ifelse(y == 1, 1, 12.5) else if (i %% 3 == 2) round(runif(n, .2, 6), 3) else sample(c(1, 3, 40), n, replace = TRUE)
  d <- data.frame(patient, y, p, lp, flag, w, e = (p - y)^2, right = as.integer(flag == y))
  # A proportion among some of the cases is taken on a design of those cases, whose number the factor K / (K - 1) is of.
  of <- function(rows) svydesign(ids = ~patient, weights = ~w, data = d[rows, ])
  all <- of(rep(TRUE, n)); r <- svyratio(~y, ~p, all)
  sets[[i]] <- list(label = y, score = p, weight = w, patient = patient,
    sensitivity = one(~flag, of(y == 1)), false_positive_rate = one(~flag, of(y == 0)), ppv = one(~y, of(flag == 1)),
    accuracy = one(~right, all), prevalence = one(~y, all), flag_rate = one(~flag, all), brier = one(~e, all),
    observed_expected = list(value = unname(coef(r)), se = unname(SE(r))),
    slope = fit(y ~ lp, all), intercept = fit(y ~ offset(lp), all))
}
write_json(list(versions = list(R = R.version.string, survey = as.character(packageVersion("survey"))), sets = sets),
  stdout(), digits = NA, auto_unbox = TRUE)
