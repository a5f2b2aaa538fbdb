import Foundation

/// One finished run of a program found on PATH: its exit status, and what it printed on both outputs.
package struct ToolRun: Sendable {
  /// A program that ended otherwise than the test needs.
  package struct Failure: Error {
    package let run: ToolRun

    package init(run: ToolRun) { self.run = run }
  }

  package let command: [String]
  package let status: Int32
  package let output: String

  /// Runs the program to its end, in the root of the checkout, with nothing on its standard input.
  package init(_ command: String..., input: String = "") throws { try self.init(command, input: input) }

  package init(_ command: [String], input: String = "") throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = Checkout.root
    let inlet = Pipe()
    let outlet = Pipe()
    process.standardInput = inlet
    process.standardOutput = outlet
    process.standardError = outlet
    try process.run()
    inlet.fileHandleForWriting.write(Data(input.utf8))
    try inlet.fileHandleForWriting.close()
    let bytes = outlet.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    self.command = command
    self.status = process.terminationStatus
    self.output = String(decoding: bytes, as: UTF8.self)
  }
}
