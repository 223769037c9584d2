import Foundation

/// The exponential function, named apart so that the population reads as its formulas.
func exponential(_ x: Double) -> Double { exp(x) }

func logarithm(_ x: Double) -> Double { log(x) }
