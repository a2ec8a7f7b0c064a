import MailVocabulary
import SMTP
import Testing

@testable import Assets
@testable import Triage

@Suite("Weights of words")
struct ClassWeightsTests {
    @Test("a reply is weighed by its code, its stage and the stems of its words, each once")
    func features() {
        let reply = ReplyNormalizer.normalize(
            "550 5.7.0 Your hosts, your [192.0.2.1]: see mx.example.test or <a@b.test>")
        let names = [
            "always", "stage RCPT", "status 7.0", "subject 7", "code 550", "digit 5", "code 550 RCPT", "your", "host",
            "_ip", "see", "_host", "or", "_addr",
        ]
        #expect(Self.features(reply, .recipient) == Set(names.map { ReplyFeatures.hash($0) }))
    }

    @Test("a reply without enhanced code, at no known stage, has features that say so")
    func bare() {
        let names = ["always", "status none", "code 451", "digit 4", "code 451 bare", "_url"]
        let reply = ReplyNormalizer.normalize("451 https://example.test/x?y=1")
        #expect(Self.features(reply, nil) == Set(names.map { ReplyFeatures.hash($0) }))
    }

    private static func features(_ reply: NormalizedReply, _ stage: SessionStage?) -> Set<UInt64> {
        var features: Set<UInt64> = []
        ReplyFeatures.frame(of: reply, at: stage) { features.insert($0) }
        ReplyFeatures.words(of: reply) { hash, _ in features.insert(hash) }
        return features
    }

    @Test("the file that is compiled in is read, no two of its features are one, and each stand-in is of its class")
    func file() throws {
        let weights = try WeightAssets.weights(WeightAssets.file)
        #expect(!weights.isEmpty)
        let names = try Self.featureNames()
        #expect(Set(names.map { ReplyFeatures.hash($0) }).count == names.count)
        let catalogue = try CatalogueAssets.load()
        for (replyClass, id) in weights.standIns {
            #expect(catalogue.entries.first { $0.id == id }?.replyClass == replyClass, "\(id)")
        }
    }

    private static func featureNames() throws -> [String] {
        guard case .object(let members) = try JSONReader.value(of: WeightAssets.file.bytes).content,
            case .object(let rows)? = members.first(where: { $0.key == "weights" })?.value.content
        else { return [] }
        return rows.map(\.key)
    }

    @Test(
        "a file of weights that is wrong is refused with the place",
        arguments: [
            #"{"own": {"weak": 1, "enhanced": 1, "likely": 1}, "stand-ins": {}, "weights": {"x": {"nonsense": 3}}}"#,
            #"{"own": {"weak": "much", "enhanced": 1, "likely": 1}, "stand-ins": {}, "weights": {}}"#,
            #"{"own": {"weak": 1, "likely": 1}, "stand-ins": {}, "weights": {}}"#,
            #"{"own": {"weak": 1, "enhanced": 1, "likely": 1}, "stand-ins": {"nonsense": "a.b.c"}, "weights": {}}"#,
            #"{"own": {"weak": 1, "enhanced": 1, "likely": 1}, "weights": {"x": {"policy": "much"}}, "stand-ins": {}}"#,
        ])
    func refused(text: String) {
        #expect(throws: CatalogueFault.self) {
            try WeightAssets.weights(CatalogueFile(name: "weights/words.json", bytes: Array(text.utf8)))
        }
    }

    @Test("where only the code leads to an entry, the words together may lead elsewhere, and no further than generic")
    func reconsidered() throws {
        var catalogue = try CatalogueAssets.load()
        catalogue.weights = { ClassWeights() }
        let query = ReplyQuery(reply: "550 zwiebel zwiebel kohl", stage: .recipient)
        let plain = catalogue.explain(query, in: .english)
        catalogue.weights = {
            ClassWeights(
                ["zwiebel": [.init(.reputation, 200)], "kohl": [.init(.reputation, 10)]],
                standIns: [.reputation: "generic.reputation.named"],
                own: [.weak: 50])
        }
        let weighed = catalogue.explain(query, in: .english)
        #expect(plain.replyClass != "reputation")
        #expect(weighed.replyClass == "reputation" && weighed.certainty == .generic)
        #expect(weighed.basis.contains("'zwiebel', 'kohl' were weighed together"), "\(weighed.basis)")
        #expect(catalogue.explain(query, in: .japanese).basis.contains("'zwiebel', 'kohl'"))
    }

    @Test(
        "a phrase that is no proof gives way when the other words speak much louder, and one that is certain never does"
    )
    func likely() throws {
        var catalogue = try CatalogueAssets.load()
        let own: [ClassWeights.Doubt: Int] = [.weak: 0, .enhancedCode: 0, .likely: 250]
        func entry(_ reply: String, loudness: Int) -> (replyClass: String, certainty: ReplyExplanation.Certainty) {
            catalogue.weights = {
                ClassWeights(
                    ["zwiebel": [.init(.loop, loudness)], "kohl": [.init(.loop, 1)]],
                    standIns: [.loop: "generic.loop.named"], own: own)
            }
            let explanation = catalogue.explain(ReplyQuery(reply: reply), in: .english)
            return (explanation.replyClass, explanation.certainty)
        }
        let likely = "550 zwiebel kohl: access denied"
        #expect(entry(likely, loudness: 200) == ("policy", .likely))
        #expect(entry(likely, loudness: 300) == ("loop", .generic))
        #expect(entry("550 5.1.1 zwiebel kohl: User unknown", loudness: 30_000).replyClass == "mailbox_unknown")
    }

    @Test("a long reply is weighed once, and a word that stands in it a thousand times counts once")
    func repeated() throws {
        var catalogue = try CatalogueAssets.load()
        catalogue.weights = {
            ClassWeights(
                ["zwiebel": [.init(.loop, 40)], "kohl": [.init(.malware, 50)], "rabi": [.init(.malware, 50)]],
                standIns: [.loop: "generic.loop.named", .malware: "generic.malware.named"], own: [.weak: 0])
        }
        let reply = "550 kohl rabi" + String(repeating: " zwiebel", count: 8000)
        #expect(catalogue.explain(ReplyQuery(reply: reply), in: .english).replyClass == "malware")
    }

    @Test("a reply of which no word is known, or one alone, is left to its code and stage")
    func unknownWords() throws {
        for reply in ["501 zwiebel", "501 welcome"] {
            let query = ReplyQuery(reply: reply, stage: .hello)
            #expect(try CatalogueAssets.load().explain(query, in: .english).entry == "basic.501.ehlo")
        }
    }

    @Test(
        "what the catalogue knows by a phrase, a product's words or an event is not weighed",
        arguments: ["550 5.1.1 zwiebel: User unknown", "250 zwiebel", "554 5.7.1 zwiebel: Relay access denied"])
    func known(reply: String) throws {
        var catalogue = try CatalogueAssets.load()
        let query = ReplyQuery(reply: reply)
        catalogue.weights = { ClassWeights() }
        let plain = catalogue.explain(query, in: .english)
        catalogue.weights = {
            ClassWeights(
                ["zwiebel": [.init(.loop, 9000)]], standIns: [.loop: "generic.loop.named"], own: [:])
        }
        #expect(catalogue.explain(query, in: .english) == plain)
    }
}
