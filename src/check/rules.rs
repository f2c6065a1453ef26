//! What can be wrong, as a table: `trainboard explain` prints it, and a test
//! shows that each example is found.

/// Something that can be wrong.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its stable name.
    pub code: &'static str,
    /// What must hold, in a sentence or two.
    pub sentence: &'static str,
    /// A project that breaks it.
    pub example: Example,
}

/// Files by path; the last is the one that is wrong.
pub type Files = &'static [(&'static str, &'static str)];

/// What breaks a rule.
#[derive(Clone, Copy, Debug)]
pub enum Example {
    /// Files of a project, by path, in which `trainboard check` finds it.
    Files(Files),
    /// Files, and another command that finds it in them.
    Command(&'static str, Files),
    /// Something that no text shows, in words.
    Words(&'static str),
}

/// The rule of that name.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

const fn files(code: &'static str, sentence: &'static str, example: Files) -> Rule {
    Rule {
        code,
        sentence,
        example: Example::Files(example),
    }
}

const fn command(
    code: &'static str,
    sentence: &'static str,
    command: &'static str,
    example: Files,
) -> Rule {
    Rule {
        code,
        sentence,
        example: Example::Command(command, example),
    }
}

const fn words(code: &'static str, sentence: &'static str, example: &'static str) -> Rule {
    Rule {
        code,
        sentence,
        example: Example::Words(example),
    }
}

/// One file of an example.
macro_rules! files {
    ($($path:literal: $text:expr),+) => { &[$(($path, $text)),+] };
}

/// A schedule for examples that are about something else.
const PROJECT: &str = "[project]\nname = \"Example\"\n";

/// A schedule with a train, for examples that show a board.
const TRAIN: &str =
    "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\n";

/// What runs trainboard in an mdBook.
const BOOK: &str = "[preprocessor.trainboard]\n";

/// All rules, by name.
pub const RULES: &[Rule] = &[
    files(
        "allow-without-note",
        "A finding may be allowed only with a `note` that says why it is true and known.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\n[[release]]\nversion = \"1.1\"\ndate = 2024-02-01\nallow = [\"released-after-end\"]\n"},
    ),
    files(
        "bad-anchor",
        "The anchor of a cadence has a version of numbers and dots, with the number that `bump` names.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"one\", date = 2024-01-20 }\nevery = \"1 month\"\n"},
    ),
    command(
        "bad-option",
        "An option of `[preprocessor.trainboard]` is known, and of the form that it asks for.",
        "mdbook build",
        files! {"schedule.toml": TRAIN, "src/page.md": "# Page\n\n<!-- trainboard table -->\n", "book.toml": "[preprocessor.trainboard]\nstyle = \"nune\"\n"},
    ),
    files(
        "bad-path",
        "A file's path has no part that leaves its folder, that Windows keeps for a device, or that hides a character.",
        files! {"schedule.toml": PROJECT, "content/con.md": "# Console\n"},
    ),
    files(
        "bad-span",
        "The span of a chart is a number and a unit.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainboard gantt span=6 -->\n"},
    ),
    files(
        "bad-value",
        "A value has the form that its key asks for.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[release]]\nversion = \"1\"\ndate = \"2024-02-30\"\n"},
    ),
    words(
        "book-size",
        "A book that mdBook hands over has at most 64 MiB.",
        "a book that includes its own output",
    ),
    files(
        "clash",
        "Of two keys that exclude each other, only one may be there.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Supported\", for = \"1 month\", releases = 2 }]\n"},
    ),
    command(
        "contradiction",
        "A source that is imported says one thing of each day.",
        "trainboard import node schedule.json",
        files! {"schedule.json": "{\n  \"v20\": {\n    \"start\": \"2023-04-18\",\n    \"maintenance\": \"2026-05-01\",\n    \"end\": \"2026-04-30\"\n  }\n}\n"},
    ),
    files(
        "control-character",
        "A text holds no control characters but tabs and line ends.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\na \u{1b} b\n"},
    ),
    command(
        "date-differs",
        "A release has the same day in the schedule as in the tags or the changelog that it is imported from.",
        "trainboard import changelog CHANGELOG.md",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\n[[release]]\nversion = \"1.0\"\ndate = 2024-01-10\n", "CHANGELOG.md": "# Changelog\n\n## 1.0 - 2024-01-09\n"},
    ),
    files(
        "dead-anchor",
        "A link to a place in a page leads to a heading that is there.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n[up](#hom)\n"},
    ),
    files(
        "dead-link",
        "A link leads to a page or a file that is there.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n[about](about.md)\n"},
    ),
    files(
        "duplicate-channel",
        "Every channel has a name of its own.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[channel]]\nname = \"LTS\"\n[[channel]]\nname = \"LTS\"\n"},
    ),
    files(
        "duplicate-project",
        "Each project of a site has an id of its own.",
        files! {"schedule.toml": PROJECT, "schedules/example.toml": PROJECT},
    ),
    files(
        "duplicate-release",
        "A version is released once. Missing numbers count as 0.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\n[[release]]\nversion = \"1.1\"\ndate = 2024-02-01\n[[release]]\nversion = \"1.1.0\"\ndate = 2024-02-02\n"},
    ),
    files(
        "duplicate-train",
        "A train is written once. Missing numbers count as 0.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"24\"\n[[train]]\nversion = \"24.0\"\n"},
    ),
    files(
        "empty-cadence",
        "There is time between one train and the next.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1\", date = 2024-01-20 }\nevery = \"0 days\"\n"},
    ),
    files(
        "empty-channel",
        "A channel takes every n-th train, with n from 1.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[channel]]\nname = \"LTS\"\nevery = 0\n"},
    ),
    files(
        "empty-phase",
        "A phase that is written has at least a day; one that is left empty vanishes.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\nend = 2024-02-01\nphases = [{ name = \"Current\" }, { name = \"Late\", from = 2024-03-01 }]\n"},
    ),
    files(
        "end-before-release",
        "A train does not end before it is released.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1.0\"\nrelease = 2026-01-15\nend = 2025-01-15\n"},
    ),
    files(
        "end-on-release",
        "A train that ends on the day of its release was never supported.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1.0\"\nrelease = 2026-01-15\nend = 2026-01-15\n"},
    ),
    files(
        "end-twice",
        "A train has a day for its end, or says that none is known.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\nend = 2025-01-01\nended = true\n"},
    ),
    files(
        "endless-template",
        "The templates of a project come to an end: their loops go round ten million times for one page at most.",
        files! {"schedule.toml": PROJECT, "templates/page.html": "{% for a in range(end=90000) %}\n{% for b in range(end=90000) %}\n{% for c in range(end=90000) %}\n{% endfor %}{% endfor %}{% endfor %}\n"},
    ),
    files(
        "file-id",
        "The name of a file in `schedules/` can be the id of a project.",
        files! {"schedule.toml": PROJECT, "schedules/PHP 8.toml": PROJECT},
    ),
    words(
        "file-size",
        "A text file has at most 8 MiB.",
        "a `schedule.toml` with a million releases",
    ),
    files(
        "fixed-phase",
        "The phases of a channel have lengths, not days: they serve many trains.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Supported\", from = 2024-01-01 }]\n"},
    ),
    files(
        "follows-circle",
        "No project follows itself, nor one that follows it.",
        files! {"schedule.toml": PROJECT, "schedules/a.toml": "[project]\nname = \"A\"\nfollows = \"b\"\n", "schedules/b.toml": "[project]\nname = \"B\"\nfollows = \"a\"\n"},
    ),
    files(
        "front-matter",
        "Front matter ends with a line of `+++`.",
        files! {"schedule.toml": PROJECT, "content/index.md": "+++\ntitle = \"Home\"\n\n# Home\n"},
    ),
    files(
        "gap",
        "Between two trains that are recorded, none is without a release, unless it is skipped.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1.0.0\", date = 2024-01-20 }\nevery = \"1 month\"\n[[release]]\nversion = \"1.0.0\"\ndate = 2024-01-20\n[[release]]\nversion = \"3.0.0\"\ndate = 2024-03-20\n"},
    ),
    files(
        "id-differs",
        "A project in `schedules/` has its id from the name of its file.",
        files! {"schedule.toml": PROJECT, "schedules/php.toml": "[project]\nname = \"PHP\"\nid = \"zend\"\n"},
    ),
    command(
        "inline-releases",
        "Facts are imported into a schedule whose releases are tables, `[[release]]`.",
        "trainboard import changelog CHANGELOG.md",
        files! {"schedule.toml": "release = [{ version = \"1.0\", date = 2024-01-10 }]\n[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\n", "CHANGELOG.md": "# Changelog\n\n## 1.1 - 2024-02-10\n"},
    ),
    command(
        "left-out",
        "What a source says is written into the schedule, or it is named.",
        "trainboard import endoflife product.json",
        files! {"product.json": "[\n  { \"cycle\": \"1\", \"releaseDate\": \"2024-01-10\", \"eol\": \"soon\" }\n]\n"},
    ),
    words(
        "link-dead",
        "A symbolic link in the content leads somewhere.",
        "`content/a.md`, a link to a file that was removed",
    ),
    words(
        "link-loop",
        "A symbolic link does not lead to a folder that it is in.",
        "`content/again`, a link to `content`",
    ),
    words(
        "link-out",
        "A symbolic link stays in the project.",
        "`content/a.md`, a link to `/etc/passwd`",
    ),
    files(
        "listed-twice",
        "`SUMMARY.md` lists a page once.",
        files! {"schedule.toml": PROJECT, "content/index.md": "# Home\n", "content/SUMMARY.md": "- [Home](index.md)\n- [Again](index.md)\n"},
    ),
    files(
        "marker-first",
        "A line does not begin with a marker that becomes a word: elsewhere, such as on GitHub, Markdown takes it for HTML, and the rest of it stays as it is written.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainboard value current.version --> is **new**.\n"},
    ),
    command(
        "marker-in-pair",
        "Between a marker and its close there is no other marker.",
        "trainboard update README.md",
        files! {"schedule.toml": TRAIN, "README.md": "<!-- trainboard versions -->\n```\n<!-- /trainboard -->\n\nText.\n\n<!-- trainboard versions -->\n```\n<!-- /trainboard -->\n"},
    ),
    command(
        "misplaced-pair",
        "What `update` writes between a pair can be found there again.",
        "trainboard update README.md",
        files! {"schedule.toml": TRAIN, "README.md": "A note.[^a-long-name]\n\n[^a-long-name]: <!-- trainboard table --><!-- /trainboard -->\n"},
    ),
    files(
        "missing-key",
        "A table has all the keys that it needs.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nname = \"Krypton\"\n"},
    ),
    files(
        "near-marker",
        "A comment that is meant as a marker begins with the word `trainboard`.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainbord board -->\n"},
    ),
    files(
        "no-branch",
        "A phase before the release runs from the branch, so the cadence has one.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1.0.0\", date = 2024-01-20 }\nevery = \"1 month\"\n[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Beta\", level = \"pre\" }]\n"},
    ),
    command(
        "no-chart",
        "A file that shows the chart is told where that is written.",
        "trainboard update README.md",
        files! {"schedule.toml": TRAIN, "README.md": "<!-- trainboard gantt -->\n<!-- /trainboard -->\n"},
    ),
    words(
        "no-content",
        "A project has a folder of content.",
        "a folder with nothing but a `schedule.toml`",
    ),
    files(
        "no-leader",
        "A project that follows another names one that there is.",
        files! {"schedule.toml": PROJECT, "schedules/py.toml": "[project]\nname = \"Bindings\"\nfollows = \"exmaple\"\n"},
    ),
    files(
        "no-length",
        "A phase has a length.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Supported\", for = \"0 days\" }]\n"},
    ),
    command(
        "no-marker",
        "A book that runs trainboard has a marker, or says `on-missing = \"warn\"`.",
        "mdbook build",
        files! {"book.toml": BOOK, "schedule.toml": TRAIN, "src/page.md": "# Page\n\n`<!-- trainboard table -->`\n"},
    ),
    command(
        "no-pair",
        "A file that is to be updated has a pair of markers.",
        "trainboard update README.md",
        files! {"schedule.toml": TRAIN, "README.md": "# Example\n\n`<!-- trainboard table -->`\n"},
    ),
    files(
        "no-schedule",
        "A page with a marker needs a schedule.",
        files! {"content/index.md": "# Home\n\n<!-- trainboard table -->\n"},
    ),
    files(
        "no-train",
        "A release rides on a train: the one whose version is the longest beginning of its own, or the one that it names.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\n[[release]]\nversion = \"9.1\"\ndate = 2024-02-01\n"},
    ),
    files(
        "no-train-here",
        "A marker that is about one train is in a page that is made for every train.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\nRelease <!-- trainboard value train.version -->\n"},
    ),
    files(
        "no-value",
        "A marker asks for a value that exists in the period, or says what to write when there is none.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\nLong-term support: <!-- trainboard value lts.version -->\n"},
    ),
    words(
        "not-a-book",
        "What stands on stdin is the JSON that mdBook hands over.",
        "`trainboard mdbook < book.toml`",
    ),
    files(
        "not-a-day",
        "A day is a day: it has no time and no time zone.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[release]]\nversion = \"1\"\ndate = 2024-02-01T10:00:00Z\n"},
    ),
    command(
        "not-compared",
        "What is published is held against what a build would make, so that has to be possible.",
        "trainboard check --published public",
        files! {"public/board.json": "{}", "content/index.md": "# Home\n", "schedule.toml": "[project]\nname = \"Example\"\n[window]\nrecnet = 3\n"},
    ),
    command(
        "not-published",
        "What is called published is the top of a site that trainboard built, with the `board.json` that all of them have.",
        "trainboard check --published public",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n", "public/index.html": "<p>Under construction</p>\n"},
    ),
    words(
        "not-utf-8",
        "A text file is UTF-8.",
        "a page that was saved as Latin-1",
    ),
    files(
        "off-weekday",
        "The anchor of a cadence that names a weekday is on such a day.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1.0.0\", date = 2026-01-12 }\nevery = \"1 month\"\non = \"second tuesday\"\n"},
    ),
    command(
        "other-format",
        "A file that is imported is what its importer reads.",
        "trainboard import dotnet releases.json",
        files! {"releases.json": "{ \"channel-version\": \"8.0\" }\n"},
    ),
    files(
        "page-size",
        "A page has at most 64 MiB, and its Markdown at most 8.",
        files! {"schedule.toml": PROJECT, "templates/page.html": "{% set a %}trainboard{% endset %}\n{% set b %}{{ a }}{{ a }}{{ a }}{{ a }}{{ a }}{{ a }}{{ a }}{{ a }}{{ a }}{{ a }}{% endset %}\n{% set c %}{{ b }}{{ b }}{{ b }}{{ b }}{{ b }}{{ b }}{{ b }}{{ b }}{{ b }}{{ b }}{% endset %}\n{% set d %}{{ c }}{{ c }}{{ c }}{{ c }}{{ c }}{{ c }}{{ c }}{{ c }}{{ c }}{{ c }}{% endset %}\n{% for n in range(end=9999) %}{{ d }}{% endfor %}\n"},
    ),
    files(
        "phase-order",
        "The phases of a train are written in order of time.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nphases = [{ name = \"A\", from = 2026-02-01 }, { name = \"B\", from = 2026-01-01 }]\n"},
    ),
    files(
        "pre-with-length",
        "A phase before the release has no length: the release ends it.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[channel]]\nname = \"Normal\"\nphases = [{ name = \"Beta\", level = \"pre\", for = \"1 month\" }]\n"},
    ),
    command(
        "published-page",
        "A page that shows the board is published as a build makes it.",
        "trainboard check --published public",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainboard table -->\n", "public/board.json": "{\"project\": \"Example\", \"trains\": []}\n"},
    ),
    files(
        "refused-html",
        "What could run a script, or call another host, is in no page.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<p onclick=\"count()\">Hello</p>\n"},
    ),
    files(
        "release-twice",
        "A train has a day for its release, or says that none is known.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\nreleased = true\n"},
    ),
    files(
        "released-after-end",
        "A release comes before the end of its train. It never prolongs support.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\nend = 2024-02-01\n[[release]]\nversion = \"1.1\"\ndate = 2024-02-02\n"},
    ),
    files(
        "released-before-train",
        "A release comes after its train has left.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\n[[release]]\nversion = \"1.1\"\ndate = 2024-01-02\n"},
    ),
    files(
        "released-early",
        "A train that left more than three days before its plan has a `note` that says why.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1.0.0\", date = 2024-01-20 }\nevery = \"1 month\"\n[[release]]\nversion = \"1.0.0\"\ndate = 2023-01-20\n"},
    ),
    files(
        "released-late",
        "A train that left more than three days after its plan has a `note` that says why.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1.0.0\", date = 2024-01-20 }\nevery = \"1 month\"\n[[release]]\nversion = \"1.0.0\"\ndate = 2024-01-25\n"},
    ),
    files(
        "released-on-end",
        "A release comes before the end of its train, and not on that very day.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\nend = 2024-02-01\n[[release]]\nversion = \"1.1\"\ndate = 2024-02-01\n"},
    ),
    files(
        "shared-line",
        "A marker that becomes a block stands alone on its line.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\nHere: <!-- trainboard table -->\n"},
    ),
    files(
        "skipped-and-released",
        "A train that is skipped has no release.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1.0.0\", date = 2024-01-20 }\nevery = \"1 month\"\n[[train]]\nversion = \"1.0.0\"\nskip = \"holidays\"\n[[release]]\nversion = \"1.0.0\"\ndate = 2024-01-20\n"},
    ),
    words(
        "special-file",
        "In the content there are files and folders, and nothing else.",
        "a named pipe in `content/`",
    ),
    command(
        "stale",
        "A published board says what the board of the day says.",
        "trainboard check --published public",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n", "public/board.json": "{\"project\": \"Example\", \"trains\": [{\"version\": \"1\", \"label\": \"1\", \"status\": \"planned\"}]}\n"},
    ),
    files(
        "stray-close",
        "A closing marker closes one that is open.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\nA word.<!-- /trainboard -->\n"},
    ),
    files(
        "summary-depth",
        "The summary nests at most 16 levels deep.",
        files! {"schedule.toml": PROJECT, "content/index.md": "# Home\n", "content/SUMMARY.md": "- [Deep 0]()\n  - [Deep 1]()\n    - [Deep 2]()\n      - [Deep 3]()\n        - [Deep 4]()\n          - [Deep 5]()\n            - [Deep 6]()\n              - [Deep 7]()\n                - [Deep 8]()\n                  - [Deep 9]()\n                    - [Deep 10]()\n                      - [Deep 11]()\n                        - [Deep 12]()\n                          - [Deep 13]()\n                            - [Deep 14]()\n                              - [Deep 15]()\n                                - [Deep 16]()\n                                  - [Deep 17]()\n                                    - [Deep 18]()\n                                      - [Deep 19]()\n"},
    ),
    files(
        "summary-item",
        "Every item of the summary is a link.",
        files! {"schedule.toml": PROJECT, "content/index.md": "# Home\n", "content/SUMMARY.md": "- [Home](index.md)\n- About\n"},
    ),
    files(
        "syntax",
        "A file is in the language that it is read as: a schedule and settings are TOML.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence\nevery = \"1 month\"\n"},
    ),
    files(
        "template",
        "A template can be read and filled in.",
        files! {"schedule.toml": PROJECT, "content/index.md": "# Home\n", "templates/page.html": "<h1>{{ page.title }</h1>\n"},
    ),
    files(
        "too-many",
        "A board is for people to read: a window, a list and a length have their limits.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[window]\nrecent = 100000\n"},
    ),
    command(
        "two-charts",
        "The files that are updated in one run show one chart.",
        "trainboard update README.md --chart chart.svg",
        files! {"schedule.toml": TRAIN, "README.md": "<!-- trainboard gantt span=6m -->\n<!-- /trainboard -->\n\n<!-- trainboard gantt -->\n<!-- /trainboard -->\n"},
    ),
    files(
        "two-owners",
        "Every file of the site is made from one thing.",
        files! {"schedule.toml": PROJECT, "content/index.md": "# Home\n", "content/README.md": "# Home\n"},
    ),
    files(
        "unclosed-element",
        "`<div id=\"version-table\">` is closed in the same page.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<div id=\"version-table\">\n\nNo end.\n"},
    ),
    files(
        "unclosed-marker",
        "A marker ends with `-->`.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainboard table\n"},
    ),
    files(
        "unclosed-quote",
        "A value in quotes has two of them.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainboard value lts.version default=\"not yet -->\n"},
    ),
    command(
        "undated-release",
        "In a changelog that is imported, every version has its day.",
        "trainboard import changelog CHANGELOG.md",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\n", "CHANGELOG.md": "# Changelog\n\n## 1.0\n\n- All that is new\n"},
    ),
    files(
        "unknown-channel",
        "The channel that a train names is there.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[channel]]\nname = \"Normal\"\n[[train]]\nversion = \"3\"\nchannel = \"Norml\"\n"},
    ),
    files(
        "unknown-code",
        "Only findings that are no errors can be allowed.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = \"1\"\nrelease = 2024-01-10\nallow = [\"release-late\"]\nnote = \"why\"\n"},
    ),
    files(
        "unknown-column",
        "A table has the columns that there are.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainboard table columns=version,stauts -->\n"},
    ),
    files(
        "unknown-key",
        "A table has no key that nobody reads.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[window]\nrecnet = 3\n"},
    ),
    files(
        "unknown-marker",
        "A marker names a view.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainboard tabel -->\n"},
    ),
    files(
        "unknown-option",
        "A view has the options that there are.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainboard table colums=version -->\n"},
    ),
    files(
        "unknown-placeholder",
        "Between braces in a label or a link stands `version`, `major`, `minor` or `patch`.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\nversion-label = \"v{versoin}\"\n"},
    ),
    files(
        "unknown-project",
        "A marker or a page that names a project names one that there is.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainboard table project=exmaple -->\n"},
    ),
    files(
        "unknown-value",
        "A value or a choice is one of those that there are.",
        files! {"schedule.toml": TRAIN, "content/index.md": "# Home\n\nIt is <!-- trainboard value current.vresion -->.\n"},
    ),
    files(
        "unlisted-page",
        "With a `SUMMARY.md`, it lists all pages.",
        files! {"schedule.toml": PROJECT, "content/index.md": "# Home\n", "content/about.md": "# About\n", "content/SUMMARY.md": "- [Home](index.md)\n"},
    ),
    command(
        "unpaired-marker",
        "In a file that is updated in place, every marker has its close.",
        "trainboard update README.md",
        files! {"schedule.toml": TRAIN, "README.md": "Use <!-- trainboard value current.version -->.\n"},
    ),
    files(
        "unquoted",
        "A version is written in quotes: `1.10` without them is the number 1.1.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[train]]\nversion = 1.10\n"},
    ),
    files(
        "unreachable-channel",
        "A channel is the first that fits at least one train.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[[channel]]\nname = \"Normal\"\n[[channel]]\nname = \"LTS\"\nevery = 12\n"},
    ),
    files(
        "unrecorded",
        "A release whose planned day has come is recorded, where others are.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1.0.0\", date = 2024-01-20 }\nevery = \"1 month\"\n[[release]]\nversion = \"1.0.0\"\ndate = 2024-01-20\n"},
    ),
    files(
        "unused-file",
        "A file of the content is shown or linked by some page.",
        files! {"schedule.toml": PROJECT, "content/index.md": "# Home\n", "content/old.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"},
    ),
    files(
        "weekday-without-months",
        "A cadence that names a weekday of the month counts in months or years.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1.0.0\", date = 2026-01-13 }\nevery = \"4 weeks\"\non = \"second tuesday\"\n"},
    ),
    files(
        "weekend-contradicted",
        "Where the cadence moves releases off weekends, none is recorded on one.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[cadence]\nanchor = { version = \"1.0.0\", date = 2024-01-20 }\nevery = \"1 month\"\nweekend = \"after\"\n[[release]]\nversion = \"1.0.0\"\ndate = 2024-01-20\n"},
    ),
    files(
        "which-project",
        "In a site that is about no one project, a marker says which it is about.",
        files! {"schedules/a.toml": TRAIN, "content/index.md": "# Home\n\n<!-- trainboard table -->\n"},
    ),
    files(
        "wrong-type",
        "A value is of the type that its key asks for.",
        files! {"schedule.toml": "[project]\nname = \"Example\"\n[window]\nsupported = \"yes\"\n"},
    ),
];
