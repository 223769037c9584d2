import Ingestion
import Testing

@Suite("A first look at a file")
struct ColumnSurveyTests {
  @Test func describesColumns() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
      "a.csv", "id,age,sex,when,score\n1,30,F,2024-01-01,0.5\n2,NA,M,20240102,-1\n3,31,F,,x\n")
    let survey = try surveyFile("a.csv", relativeTo: directory.path)
    #expect(survey.rows == 3 && survey.isComplete)
    #expect(survey.columns.map(\.name) == ["id", "age", "sex", "when", "score"])
    #expect(survey.columns.map(\.isUnique) == [true, false, false, false, true])
    #expect(
      survey.columns[1].numbers
        == .init(minimum: 30, maximum: 31, areWhole: true, secondLeast: 31, secondGreatest: 30))
    #expect(survey.columns[1].missing == 1)
    #expect(survey.columns[2].values == [.init(text: "F", count: 2), .init(text: "M", count: 1)])
    #expect(survey.columns.map(\.looksLikeDate) == [false, false, false, true, false])
    #expect(survey.columns[4].numbers == nil)
  }

  @Test func stopsAtItsLimit() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a.csv", "n\n" + (1...5000).map { "\($0)\n" }.joined())
    let survey = try surveyFile("a.csv", relativeTo: directory.path, rows: 100)
    #expect(survey.rows == 100 && !survey.isComplete)
    #expect(survey.columns[0].distinct == 100 && survey.columns[0].values.count == 50)
    #expect(survey.columns[0].numbers?.maximum == 100)
  }

  @Test func readsJSONLines() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a.jsonl", "{\"a\": 1}\n{\"b\": true, \"a\": null}\n")
    let survey = try surveyFile("a.jsonl", relativeTo: directory.path)
    #expect(survey.columns.map(\.name) == ["a", "b"])
    #expect(survey.columns.map(\.missing) == [1, 1])
  }
}
