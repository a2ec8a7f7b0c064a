"""What the README tells people to type works."""

import re
import shlex

from bounced import BOUNCE
from harness import Skipped, check, expect


def commands(text):
    """The lines of code blocks that call the program, without a prompt and without what a shell would do with them."""
    found = []
    for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.M | re.S):
        for line in re.sub(r"\\\n\s*", " ", block).splitlines():
            line = re.sub(r"\s+#\s.*$", "", line.strip().removeprefix("$ "))
            if line == "porthole" or line.startswith("porthole "):
                found.append(re.split(r"\s(?:\||>|<|&&|;)\s?", line)[0])
    return found


@check("every porthole command in the README's code blocks exists, with the options that it is shown with")
def commands_exist(place):
    path = place.repository / "README.md"
    if not path.is_file():
        raise Skipped("there is no README.md yet")
    calls = commands(path.read_text())
    if not calls:
        raise Skipped("the README calls porthole in no code block yet")
    subcommands = set(re.findall(r"^  ([a-z]+)\b", place.porthole("--help").out.split("SUBCOMMANDS:")[-1], re.M))
    for call in calls:
        words = shlex.split(call)[1:]
        name = words[0] if words and words[0] in subcommands else "dashboard"
        shown = place.porthole(name, "--help")
        expect(shown.status == 0, f"porthole {name} --help ends with 0 (for: {call})", shown.evidence)
        if words[:1] == ["--generate-completion-script"]:
            # The parser's own, which its help leaves out.
            expect(place.porthole(*words).status == 0, f"{call} ends with 0")
            continue
        for option in (word.split("=")[0] for word in words if word.startswith("--")):
            expect(
                re.search(rf"(?<![\w-]){option}(?![\w-])", shown.out), f"{option} exists (for: {call})", shown.evidence
            )


@check("every porthole explain command in the README answers as it stands there")
def explanations_answer(place):
    path = place.repository / "README.md"
    if not path.is_file():
        raise Skipped("there is no README.md yet")
    calls = [shlex.split(call) for call in commands(path.read_text()) 
             if call.startswith("porthole explain ") and "--check" not in call]  # a folder of the reader's own
    if not calls:
        raise Skipped("the README shows no porthole explain")
    files = {"returned.eml": place.write("returned.eml", BOUNCE)}
    for words in calls:
        done = place.porthole(*(files.get(word, word) for word in words[1:]))
        expect(done.status == 0 and done.out.strip(), f"{shlex.join(words)} answers", done.evidence)
