import Canvas
import MailVocabulary
import SMTP
import Testing
import Triage

@testable import Dashboard

@Suite("Tour")
struct TourTests {
    private func story(_ columns: Int = 80, _ rows: Int = 24) throws -> Story {
        var story = Story(columns, rows, catalogue: try Catalogue.shared())
        story.rehearse()
        story.dashboard.beginTour()
        story.pass(.milliseconds(10))
        return story
    }

    @Test("goes from stop to stop by itself, and takes about two minutes")
    func byItself() throws {
        var story = try story()
        #expect(story.screen.contains("TOUR 1/\(Tour.stops.count)"))
        #expect((story.dashboard.nextTick ?? .seconds(99)) <= Tour.stops[0].stays)
        story.pass(Tour.stops[0].stays)
        #expect(story.screen.contains("TOUR 2/"))
        let whole = Tour.stops.reduce(Duration.zero) { $0 + $1.stays }
        #expect((.seconds(100)...Duration.seconds(140)).contains(whole))
    }

    @Test("n goes on, behind the last stop it is over")
    func byHand() throws {
        var story = try story()
        for _ in Tour.stops { story.press(.character("n")) }
        #expect(story.dashboard.tour == nil)
        #expect(story.dashboard.prompt == nil)
        #expect(story.screen.contains("the tour is over"))
    }

    @Test("Esc ends it, any other key ends it and does what it does")
    func ending() throws {
        var story = try story()
        story.press(.escape)
        #expect(story.dashboard.tour == nil)
        story = try self.story()
        story.press(.character("3"))
        #expect(story.dashboard.tour == nil)
        #expect(story.dashboard.focus == .exchangers)
    }

    @Test("every caption fits beside its keys in 80 columns, in every language")
    func captions() throws {
        for language in Language.allCases {
            for stop in Tour.stops {
                var story = Story(80, 24, language: language)
                story.dashboard.settings.language = language
                #expect(story.dashboard.say(stop.caption).width <= 54, "\(stop.caption)")
            }
        }
    }
}
