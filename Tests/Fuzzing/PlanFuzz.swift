import Exchange

/// Whatever the bytes are, a plan and a recipe are read or refused; nothing crashes and nothing hangs.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  if let plan = try? PlanFile.read(text, file: "plan.yaml") {
    let canonical = CanonicalPlan(plan)
    precondition(!canonical.protocolText.isEmpty && !canonical.mappingText.isEmpty)
  }
  do { _ = try SimulationFile.read(text, file: "spec.yaml") } catch {
    precondition(!error.description.isEmpty)
  }
  return 0
}
