#pragma once
/// Quantiles and tail probabilities from Boost.Math, in double precision.
/// Callers (Statistics/Distributions.swift) guarantee valid parameters; an error of the library returns NaN.
#ifdef __cplusplus
extern "C" {
#endif
double equipoise_normal_quantile(double probability);
double equipoise_normal_cdf(double z);
double equipoise_normal_upper_tail(double z);
double equipoise_student_quantile(double degrees_of_freedom, double probability);
double equipoise_student_upper_tail(double degrees_of_freedom, double t);
double equipoise_beta_quantile(double a, double b, double probability);
double equipoise_beta_cdf(double a, double b, double x);
double equipoise_chi_squared_quantile(double degrees_of_freedom, double probability);
double equipoise_gamma_upper_tail(double shape, double scale, double x);
double equipoise_binomial_cdf(double trials, double probability, double successes);
double equipoise_binomial_pmf(double trials, double probability, double successes);
#ifdef __cplusplus
}
#endif
