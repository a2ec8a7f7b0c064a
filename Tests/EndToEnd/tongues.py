"""The sentences of the commands without a screen, in both languages."""

import json
import pathlib
import subprocess

from harness import check, expect
from logs import Reader
from whole import POSTFIX


def has_kana(text):
    return any("\u3040" <= letter <= "\u30ff" for letter in text)


@check("trace tells a message's end in the language of --lang or of the locale, and in JSON always the same")
def traces(place):
    log = pathlib.Path(place.path("mail.log"))
    lines = [f"Feb  2 10:00:0{number} mx {line.format(address='198.51.100.7')}\n" for number, line in enumerate(POSTFIX)]
    log.write_text("".join(lines))

    def told(*options, needle="198.51.100.7"):
        done = place.porthole("trace", needle, "--log", log, *options)
        expect(done.status == 0, "the trace is told", done.evidence)
        return done

    english = told("--lang", "en")
    expect("was bounced for <user@example.test>" in english.out, "the end is told in English", english.evidence)
    japanese = told("--lang", "ja")
    expect("<user@example.test> へ配送できず返送" in japanese.out, "the end is told in Japanese", japanese.evidence)
    expect("550 5.1.1 unknown" in japanese.out, "the server's words stay as they are", japanese.evidence)
    absent = told("--lang", "ja", needle="198.51.100.99")
    expect("はここへ届いていません" in absent.out, "that a client never came is told in Japanese", absent.evidence)
    listed = place.porthole("trace", "--summary", "--lang", "ja", "--log", log)
    expect("クライアント" in listed.out and "recipients" not in listed.out, "so are the figures", listed.evidence)
    plain = told("--json")
    listener = {**place.environment, "LC_ALL": "", "LC_MESSAGES": "ja_JP.UTF-8", "LANG": "en_GB.UTF-8"}
    command = [place.binary, "trace", "198.51.100.7", "--log", str(log)]
    spoken = subprocess.run(command, env=listener, stdin=subprocess.DEVNULL, capture_output=True, timeout=30)
    expect(spoken.stdout.decode() == japanese.out, "LC_MESSAGES asks for Japanese as --lang does", japanese.evidence)
    expect(told("--json", "--lang", "ja").out == plain.out, "JSON is the same in every language", plain.evidence)


@check("check tells its findings, its records and what could not be found out in Japanese")
def checks(place):
    with Reader(place, "lab") as reader:
        reader.wait_for("\n", 15)
        arguments = ("check", "example.test", "--resolver", json.loads(reader.out)["resolver"])
        japanese = place.porthole(*arguments, "--lang", "ja")
        english = place.porthole(*arguments, "--lang", "en")
        expect(japanese.status == english.status, "the language changes no verdict", japanese.evidence)
        findings = [line for line in japanese.out.splitlines() if ", RFC " in line]
        expect(findings, "there are findings", japanese.evidence)
        silent = [line for line in findings if not has_kana(line)]
        expect(not silent, "each finding is told in Japanese", "\n".join(silent))
        codes = [line.rsplit("  [", 1)[-1] for line in findings]
        others = [line.rsplit("  [", 1)[-1] for line in english.out.splitlines() if ", RFC " in line]
        expect(sorted(codes) == sorted(others), "they are the same findings", japanese.evidence)
        both = [json.loads(place.porthole(*arguments, "--json", "--lang", language).out) for language in ("en", "ja")]
        keys = [[finding["code"] for finding in answer["findings"]] for answer in both]
        expect(sorted(keys[0]) == sorted(keys[1]), "JSON has the same codes in both", str(keys))


@check("what goes wrong is told in the language of --lang or of the locale, names and evidence as they are")
def faults(place):
    absent = place.path("no-such.log")
    japanese = place.porthole("trace", "198.51.100.7", "--lang", "ja", "--log", absent)
    english = place.porthole("trace", "198.51.100.7", "--lang=en", "--log", absent)
    expect(japanese.status == english.status == 66, "both cannot read it", japanese.evidence + english.evidence)
    expect("そのファイルはありません" in japanese.err and str(absent) in japanese.err, "said in Japanese", japanese.evidence)
    expect("there is no such file; check the path" in english.err, "said in English", english.evidence)
    folder = pathlib.Path(place.path("catalogue"))
    (folder / "entries").mkdir(parents=True)
    (folder / "entries" / "ours.json").write_text('{"entries": [\n  {"id": ""}\n]}\n')
    listener = {**place.environment, "LC_ALL": "ja_JP.UTF-8"}
    command = [place.binary, "explain", "--check", str(folder)]
    spoken = subprocess.run(command, env=listener, stdin=subprocess.DEVNULL, capture_output=True, timeout=30)
    told = (spoken.stdout + spoken.stderr).decode()
    expect("entries/ours.json:2: entries[0].id: 空です" in told, "place and key in front, the reason in Japanese", told)


@check("a mistake of the command line is told in the language of --lang")
def mistakes(place):
    for arguments, words in (
        (("send", "127.0.0.1", "--count", "3", "--from", "a@example.test"), "--count には --send が必要です"),
        (("explain", "--stage", "LUNCH", "550"), "--stage: LUNCH は次のどれでもありません"),
        (("walk", "nosuch", "user@example.test"), "手順 nosuch はありません"),
        (("send", "127.0.0.1", "--frum", "a@example.test"), "「--from」ではありませんか。porthole send --help"),
        (("trace", "x", "--log", "a", "--list", "--limit", "0"), "--limit は 1 以上です。0 は使えません。porthole trace --help"),
        (("trace", "--summary", "--verdict", "bounced", "--log", "a"), "--verdict と --reply は --list と一緒に使います"),
        (("send", "h", "--tls-min", "9"), "次から選んでください: '1.0', '1.1', '1.2' or '1.3'。porthole send --help"),
        (("check",), "「<subject>」の指定が必要です"),
    ):
        done = place.porthole(*arguments, "--lang", "ja")
        expect(done.status == 64 and words in done.err, "said in Japanese", done.evidence)
