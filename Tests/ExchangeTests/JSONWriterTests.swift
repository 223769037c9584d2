import Exchange
import Testing

struct JSONWriterTests {
  @Test func valuesAsTheyReadBack() {
    var writer = JSONWriter()
    writer.object {
      $0.member("a", [0.1, 1e-7, 5, -0.0, 0.1 + 0.2])
      $0.member("b", "line\nbreak \"quoted\" \\ tab\t bell\u{7} é–")
      $0.member("c", Double?.none)
      $0.member("d", true)
      $0.member("e") { $0.object { _ in } }
      $0.member("f", -3)
    }
    #expect(
      writer.text
        == #"{"a":[0.1,1e-07,5.0,0.0,0.30000000000000004],"b":"line\nbreak \"quoted\" \\ tab\t bell\u0007 é–","c":null,"d":true,"e":{},"f":-3}"#
    )
  }

  @Test func upperLevelsStandOnLines() {
    var writer = JSONWriter(linedDepth: 2)
    writer.object {
      $0.member("a") { $0.array([[1], [2, 3]]) { $0.array($1) { $0.value($1) } } }
      $0.member("b", [Int]())
    }
    #expect(writer.text == "{\n  \"a\":[\n    [1],\n    [2,3]\n  ],\n  \"b\":[]\n}")
  }

  @Test func keysOutOfOrderAreAProgrammersError() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.object {
        $0.member("b", 1)
        $0.member("a", 2)
      }
    }
  }

  @Test func notANumberIsAProgrammersError() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.value(Double.nan)
    }
  }
}
