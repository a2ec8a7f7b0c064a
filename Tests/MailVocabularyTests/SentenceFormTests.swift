import MailVocabulary
import Testing

@Suite("Form of a sentence")
struct SentenceFormTests {
    @Test(
        "what stands in the places is found",
        arguments: [
            ("cannot read {1}: {2}", "cannot read a: b: c", ["a", "b: c"]),
            ("{2} of the {1}", "end of the of the day", ["of the day", "end"]),
            ("{1} fails (in {2}){3}", "it fails (in 3 s)", ["it", "3 s", ""]),
            ("no port in “{1}”", "no port in “x”", ["x"]),
        ])
    func found(_ form: String, _ sentence: String, _ arguments: [String]) {
        #expect(SentenceForm(PhraseTemplate(form))?.arguments(in: Array(sentence.utf8)) == arguments)
    }

    @Test(
        "another sentence has none",
        arguments: [
            ("cannot read {1}: {2}", "cannot read a"), ("cannot read {1}: {2}", "cannot read : b"),
            ("cannot read {1}: {2}", "we cannot read a: b"), ("{1} is a pipe", " is a pipe"),
            ("no {1} no", "no no"),
        ])
    func other(_ form: String, _ sentence: String) {
        #expect(SentenceForm(PhraseTemplate(form))?.arguments(in: Array(sentence.utf8)) == nil)
    }

    @Test(
        "a form that would fit anything is none",
        arguments: ["{1}", "{1}: {2}", "{1}{2} words", "words only", "{1} a {1} bcd"])
    func none(_ form: String) { #expect(SentenceForm(PhraseTemplate(form)) == nil) }
}
