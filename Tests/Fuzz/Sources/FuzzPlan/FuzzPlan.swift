import Exchange
import Glibc

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

/// The name that the package manager links as `main`; it gives way to libFuzzer.
@_cdecl("FuzzPlan_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  var (count, arguments) = (count, arguments)
  return runDriver(&count, &arguments, fuzzPlan)
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt
