internal import Glibc

/// The name that the package manager links as a fuzzer's `main` gives way to libFuzzer, with this as its test.
package func fuzz(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
  _ test: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt {
  var (count, arguments) = (count, arguments)
  return runDriver(&count, &arguments, test)
}

/// A promise is broken: libFuzzer keeps the input.
package func broken(_ promise: String) -> Never {
  var text = promise + "\n"
  text.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
  abort()
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt
