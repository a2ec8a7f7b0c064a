import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Conversations")
struct ConversationTests {
    @Test("the files are found")
    func findsFiles() { #expect(ConversationFile.all.count >= 19) }

    @Test("every conversation file plays as written", arguments: ConversationFile.all)
    func plays(file: ConversationFile) throws {
        let conversation = try file.conversation()
        let story = conversation.play()
        #expect(story.failures == [])
        let known = Conversation.knowledge(of: story.record)
        for expectation in conversation.expectations {
            #expect(known.contains(expectation), "known: \(known.sorted().joined(separator: "\n"))")
        }
    }

    @Test("every conversation comes back from its journal as it was", arguments: ConversationFile.all)
    func survivesJournal(file: ConversationFile) throws {
        let record = try file.conversation().play().record
        let text = SessionJournal.header(record.plan) + record.events.map { SessionJournal.line($0) }.joined()
        let journal = try #require(SessionJournal(text))
        #expect(journal.unreadableLines == 0)
        #expect(journal.plan == record.plan)
        #expect(journal.events == record.events)
        #expect(journal.record.steps == record.steps)
    }

    @Test("no conversation loses a byte of a reply to the way it was cut", arguments: ConversationFile.all)
    func readsDripFed(file: ConversationFile) throws {
        let lines = try file.conversation().lines
        let bytes = lines.flatMap { line -> [UInt8] in if case .server(let bytes) = line { bytes } else { [] } }
        let whole = outputs([bytes])
        for chunks in EveryChunking(bytes) { #expect(outputs(chunks) == whole) }
    }

    private func outputs(_ chunks: [[UInt8]]) -> [ReplyParser.Output] {
        var parser = ReplyParser()
        return chunks.flatMap { chunk in
            parser.feed(chunk)
            var outputs: [ReplyParser.Output] = []
            while let output = parser.next() { outputs.append(output) }
            return outputs
        }
    }
}
