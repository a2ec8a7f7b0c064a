"""The user's own folder of reply entries."""

import json

from harness import check, expect

ENTRY = {
    "id": "ours.policy.desk-rule",
    "match": {"code": [550], "any": ["quarantined by desk rule {num}"]},
    "class": "policy",
    "persistence": "permanent",
    "certainty": "certain",
    "actor": ["recipient-admin"],
    "causes": [{"id": "policy-rule", "w": "high"}],
    "next": [{"text": "send-plain-test"}],
    "capture": {"number": "desk rule {num}"},
    "tests": ["550 5.7.1 Quarantined by desk rule 7"],
}
WORDS = {"entries": {"ours.policy.desk-rule": {"title": "held by rule {number}", "meaning": "Call the desk."}}}


@check("a folder of entries of one's own is used, and what is wrong in it is told with file, line and key")
def folder(place):
    top = place.folder / "config" / "porthole" / "catalogue"
    (top / "entries").mkdir(parents=True)
    (top / "text" / "en").mkdir(parents=True)
    entries = top / "entries" / "ours.json"
    entries.write_text(json.dumps({"entries": [ENTRY]}, indent=1))
    (top / "text" / "en" / "ours.json").write_text(json.dumps(WORDS))
    done = place.porthole("explain", "--check", str(top))
    expect(done.status == 0, "a sound folder ends with 0", done.evidence)
    reply = "550 5.7.1 Quarantined by desk rule 7"
    done = place.porthole("explain", "--json", "--lang", "en", reply)
    expect(done.json()["title"] == "held by rule 7", "the own entry answers", done.evidence)
    wrong = dict(ENTRY, id="ours.policy.other", clas="policy")
    entries.write_text(json.dumps({"entries": [ENTRY, wrong]}, indent=1))
    done = place.porthole("explain", "--check", str(top))
    expect(done.status == 66, "a faulty folder ends with 66", done.evidence)
    fault = next((line for line in done.out.splitlines() if "entries[1].clas: unknown key" in line), "")
    expect(fault.startswith("entries/ours.json:"), "file, line and key are named", done.evidence)
    done = place.porthole("explain", "--json", "--lang", "en", reply)
    expect(done.json()["title"] == "held by rule 7", "the rest still loads", done.evidence)
    expect("entries[1].clas" in done.err, "the fault is told on the error stream", done.evidence)
    done = place.porthole("explain", "--check", str(place.folder / "nowhere"))
    expect(done.status == 66 and "no folder" in done.err, "a folder that is not there is told", done.evidence)


@check("rows of replies are answered as each reply alone, and a row that is wrong is told with line, key and reason")
def rows(place):
    replies = [
        "550 5.1.1 User unknown",
        "451 4.7.1 Greylisted, try again in 300 seconds",
        '554 "quoted\\back" \u2028 \u200e tab\there',
        "550 5.7.1 [192.0.2.1] \u65e5\u672c\u8a9e",
        "499 noted",
        "250 2.0.0 OK: queued as 4AB",
        "",
    ]
    for language in ("en", "ja"):
        text = "".join(json.dumps({"reply": reply}) + "\n" for reply in replies)
        done = place.porthole("explain", "--json", "--lang", language, text=text)
        lines = done.out.splitlines()
        expect(done.status == 0 and len(lines) == len(replies), "every row has its line", done.evidence)
        for reply, line in zip(replies, lines):
            if reply:
                alone = place.porthole("explain", "--json", "--lang", language, reply)
                expect(alone.out.strip() == line, f"the row of {reply!r} is the answer to it", line + alone.evidence)
    done = place.porthole("explain", "--json", text='{"id": 5, "reply": "550 x"}\n{"reply": "550", "stage": "FOO"}\n')
    expect(done.status == 64, "a wrong row ends with 64", done.evidence)
    expect('"id":5' in done.out, "the rows before it are answered", done.evidence)
    expect("standard input:2: stage: no stage 'FOO'" in done.err, "line, key and reason are told", done.evidence)


@check("a word of a reply that begins with a hyphen needs no quotes, and a misspelt option is still one")
def hyphens(place):
    done = place.porthole("explain", "--json", "550", "5.1.1", "User", "unknown", "-8", "-gsmtp", "--stage", "RCPT")
    expect(done.status == 0 and done.json()["class"] == "mailbox_unknown", "the words are the reply's", done.evidence)
    done = place.porthole("explain", "--lang", "en", "550", "5.7.1", "Quarantined", "--", "--by", "-rule")
    expect(done.status == 0, "behind -- every word is the reply's", done.evidence)
    done = place.porthole("explain", "550", "User", "unknown", "--stgae", "RCPT")
    expect(done.status == 64 and "did you mean '--stage'" in done.err, "a misspelt option is told", done.evidence)
    done = place.porthole("explain", "-x", "550", "User", "unknown")
    expect(done.status == 64 and "'-x'" in done.err, "before the reply a hyphen begins an option", done.evidence)
