@preconcurrency internal import Dispatch
internal import Synchronization

/// A bar on a terminal while work takes more than a second; nothing elsewhere.
final class Progress: Sendable {
  private struct State {
    var stage = 0
    var share = 0.0
    var name = ""
    var isDrawn = false
    var isDone = false
  }

  private let stages: Int
  private let state = Mutex(State())
  private let timer: (any DispatchSourceTimer)?
  private static let interval = DispatchTimeInterval.milliseconds(100)

  init(stages: Int, isQuiet: Bool) {
    self.stages = stages
    timer = Words.areOnTerminal && !isQuiet ? DispatchSource.makeTimerSource(queue: .global()) : nil
    timer?.setEventHandler { [weak self] in self?.draw() }
    timer?.schedule(deadline: .now() + .seconds(1), repeating: Progress.interval)
    timer?.resume()
  }

  func begin(_ name: String) {
    state.withLock {
      $0.stage += 1
      $0.share = 0
      $0.name = name
    }
  }

  /// How much of the stage is done, where that is known.
  func advance(to share: Double) { state.withLock { $0.share = min(1, share) } }

  /// Takes the bar away.
  func finish() {
    timer?.cancel()
    state.withLock {
      $0.isDone = true
      if $0.isDrawn { Words.write("\r\u{1B}[K", to: 2) }
    }
  }

  private func draw() {
    state.withLock { state in
      guard !state.isDone else { return }
      state.isDrawn = true
      let width = 24
      let filled = Int(Double(width) * (Double(state.stage - 1) + state.share) / Double(stages))
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      Words.write("\r\u{1B}[K\(bar) \(state.name)", to: 2)
    }
  }
}
