// The one place that names Boost.Math (the library behind SciPy's own special functions).
#pragma STDC FP_CONTRACT OFF
#include "CBoostMath.h"
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <limits>

namespace {
using namespace boost::math::policies;
// No promotion to long double: the same digits on processors that have none.
using Plain = policy<promote_double<false>, domain_error<ignore_error>, pole_error<ignore_error>,
                     overflow_error<ignore_error>, evaluation_error<ignore_error>>;
using Normal = boost::math::normal_distribution<double, Plain>;
using Student = boost::math::students_t_distribution<double, Plain>;
using Beta = boost::math::beta_distribution<double, Plain>;
using Gamma = boost::math::gamma_distribution<double, Plain>;
using Binomial = boost::math::binomial_distribution<double, Plain>;

template <class Body> double guarded(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}
} // namespace

extern "C" {
double equipoise_normal_quantile(double p) { return guarded([=] { return quantile(Normal(), p); }); }
double equipoise_normal_cdf(double z) { return guarded([=] { return cdf(Normal(), z); }); }
double equipoise_normal_upper_tail(double z) { return guarded([=] { return cdf(complement(Normal(), z)); }); }
double equipoise_student_quantile(double df, double p) { return guarded([=] { return quantile(Student(df), p); }); }
double equipoise_student_upper_tail(double df, double t) { return guarded([=] { return cdf(complement(Student(df), t)); }); }
double equipoise_beta_quantile(double a, double b, double p) { return guarded([=] { return quantile(Beta(a, b), p); }); }
double equipoise_beta_cdf(double a, double b, double x) { return guarded([=] { return cdf(Beta(a, b), x); }); }
double equipoise_chi_squared_quantile(double df, double p) { return guarded([=] { return quantile(Gamma(df / 2, 2), p); }); }
double equipoise_gamma_upper_tail(double k, double s, double x) { return guarded([=] { return cdf(complement(Gamma(k, s), x)); }); }
double equipoise_binomial_cdf(double n, double p, double k) { return guarded([=] { return cdf(Binomial(n, p), k); }); }
double equipoise_binomial_pmf(double n, double p, double k) { return guarded([=] { return pdf(Binomial(n, p), k); }); }
}
