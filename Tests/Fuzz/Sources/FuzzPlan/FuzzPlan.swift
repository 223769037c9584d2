internal import Exchange
internal import Fuzzing
internal import Glibc

/// Any bytes as a plan and as a recipe: read or refused with a sentence, never a crash and never a wait.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPlan(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
  do throws(DocumentErrors) {
    let canonical = CanonicalPlan(try PlanFile.read(text, file: "plan.yaml"))
    if canonical.protocolText.isEmpty || canonical.mappingText.isEmpty { abort() }
  } catch {
    if error.problems.isEmpty || error.description.isEmpty { abort() }
  }
  do throws(DocumentErrors) {
    _ = try SimulationFile.read(text, file: "simulation.yaml")
  } catch {
    if error.problems.isEmpty || error.description.isEmpty { abort() }
  }
  return 0
}

@_cdecl("FuzzPlan_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  fuzz(count, arguments, fuzzPlan)
}
