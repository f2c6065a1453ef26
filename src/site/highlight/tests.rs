use proptest::prelude::*;
use scraper::Html;

use super::*;

const LANGUAGES: [&str; 14] = [
    "rust", "js", "python", "go", "c", "java", "ruby", "sh", "console", "toml", "yaml", "json",
    "html", "diff",
];

fn html(language: &str, code: &str) -> String {
    let mut html = String::new();
    write(reader(language).unwrap(), code, &mut html);
    html
}

/// The pieces that have a colour, one line each: `kind text`.
fn pieces(language: &str, code: &str) -> String {
    let html = html(language, code);
    let pieces = html.split("<span class=\"hl-").skip(1);
    let line = |piece: &str| {
        let (kind, rest) = piece.split_once("\">").unwrap();
        let text = rest.split("</span>").next().unwrap();
        format!("{kind} {}\n", text.replace('\n', "↵"))
    };
    pieces.map(line).collect()
}

#[track_caller]
fn assert_pieces(language: &str, code: &str, expected: &str) {
    let plain = pieces(language, code)
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    assert_eq!(plain, expected);
}

#[test]
fn rust_is_coloured() {
    assert_pieces(
        "rust",
        "#[derive(Debug)]\npub fn f<'a>(x: &'a str) -> Option<char> {\n    // why\n    \
         println!(\"{x}\\\"\"); let y = r#\"a\"b\"#; Some('\\n')\n}\n/* a\nb */ 1_000..0x2f",
        "type #[derive(Debug)]\nword pub\nword fn\ntype 'a\ntype 'a\n\
         type Option\ncomment // why\nname println\ntext \"{x}\\\"\"\nword let\n\
         text r#\"a\"b\"#\nvalue Some\ntext '\\n'\ncomment /* a↵b */\n\
         value 1_000\nvalue 0x2f\n",
    );
}

#[test]
fn go_c_java_and_ruby_are_coloured() {
    assert_pieces(
        "go",
        "func main() { x := `a\nb`; fmt.Println(nil) } // c",
        "word func\nname main\ntext `a↵b`\nname Println\nvalue nil\ncomment // c\n",
    );
    assert_pieces(
        "c",
        "#include <a.h>\nint f(void) { return 'a'; } /* b */",
        "type #include\nword int\nname f\nword void\nword return\ntext 'a'\n\
         comment /* b */\n",
    );
    assert_pieces(
        "kotlin",
        "@Test fun f(): String = \"a\"",
        "name @Test\nword fun\nname f\ntype String\ntext \"a\"\n",
    );
    assert_pieces(
        "rb",
        "def f(x) # a\n  'b' unless x.nil?\nend",
        "word def\nname f\ncomment # a\ntext 'b'\nword unless\nvalue nil\nword end\n",
    );
}

#[test]
fn javascript_and_python_are_coloured() {
    assert_pieces(
        "ts",
        "const a = `x\n${y}`; // z\nnew Map(null, 1.5)",
        "word const\ntext `x↵${y}`\ncomment // z\nword new\nname Map\nvalue null\nvalue 1.5\n",
    );
    assert_pieces(
        "py",
        "@cache\ndef f(x):\n    '''a\nb'''\n    return None # c",
        "name @cache\nword def\nname f\ntext '''a↵b'''\nword return\nvalue None\ncomment # c\n",
    );
}

#[test]
fn shells_are_coloured() {
    assert_pieces(
        "sh",
        "A=1 cargo build --release \\\n  -p x | grep 'a b' # c\nfor f in \"$d\"/*; do echo $f#; done",
        "type A\nname cargo\ntype --release\ntype -p\nname grep\ntext 'a b'\ncomment # c\n\
         word for\nname f\nword in\ntext \"$d\"\nword do\nname echo\nvalue $f\nword done\n",
    );
    assert_pieces(
        "console",
        "$ ls -l\ntotal 'x\n$ pwd",
        "comment $ \nname ls\ntype -l\ncomment $ \nname pwd\n",
    );
}

#[test]
fn data_is_coloured() {
    assert_pieces(
        "toml",
        "[[train]] # x\nversion = \"1\"\n\"a b\" = { c.d = 2026-01-20, e = true }\nf = [\n  [1],\n]",
        "type [[train]]\ncomment # x\nname version\ntext \"1\"\nname \"a b\"\nname c.d\n\
         value 2026-01-20\nname e\nvalue true\nname f\nvalue 1\n",
    );
    assert_pieces(
        "yaml",
        "on: # x\n  push: { branches: [main, 'a'] }\n- name: it's\n  run: |\n    echo a: b\n\n    c\n  x: &y 1.5",
        "name on\ncomment # x\nname push\nname branches:\ntext 'a'\nname name\nname run\n\
         text     echo a: b↵↵    c↵\nname x\ntype &y\nvalue 1.5\n",
    );
    assert_pieces(
        "json",
        "{\"a\": [\"b\", -1.5e3, true, c]} // d",
        "name \"a\"\ntext \"b\"\nvalue -1.5e3\nvalue true\ncomment // d\n",
    );
}

#[test]
fn markup_is_coloured() {
    assert_pieces(
        "html",
        "<!doctype html><a href=\"x\" b=c>&amp; <!-- d --></a><script>if (a<b) {}</script>",
        "comment <!doctype html>\nword <a\nname href\ntext \"x\"\nname b\ntext c\nword >\n\
         value &amp;\ncomment <!-- d -->\nword </a\nword >\nword <script\nword >\n\
         word </script\nword >\n",
    );
    assert_pieces(
        "diff",
        "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z",
        "comment --- a\ncomment +++ b\ntype @@ -1 +1 @@\nremoved -x\nadded +y\n",
    );
}

#[test]
fn unknown_languages_have_no_reader() {
    assert!(reader("brainfuck").is_none() && reader("").is_none());
    assert!(reader("RUST").is_some());
}

/// The text comes back, and nothing but elements for colours with it.
#[track_caller]
fn assert_whole(language: &str, code: &str) {
    let html = html(language, code);
    let page = Html::parse_fragment(&format!("<pre><code>{html}</code></pre>"));
    let root = page.root_element();
    let text: String = root.text().collect();
    // The first line end of a `pre` is not a part of it.
    assert_eq!(text.replace('\0', ""), code, "{language}");
    for element in root.select(&scraper::Selector::parse("code *").unwrap()) {
        let names: Vec<_> = element.value().attrs().map(|(name, _)| name).collect();
        assert_eq!((element.value().name(), &*names), ("span", &["class"][..]));
    }
}

/// What means something to one of the languages, or to HTML.
const PIECES: &[&str] = &[
    "<",
    ">",
    "&",
    "\"",
    "'",
    "`",
    "#",
    "[",
    "]",
    "{",
    "}",
    "(",
    "!",
    "-",
    "--",
    "/*",
    "*/",
    "//",
    "\\",
    "\n",
    " ",
    "  ",
    ":",
    ": |",
    "=",
    "$",
    "${",
    "@",
    "+",
    ".",
    "1",
    "é",
    "a",
    "fn",
    "r#\"",
    "</span>",
    "<script>",
    "</script",
    "</code></pre>",
    "<!--",
    "-->",
    "&lt;",
    "'''",
    "\"\"\"",
    "🚂",
    "---",
    "\t",
];

proptest! {
    #[test]
    fn code_comes_back_whole(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let code = pieces.concat();
        for language in LANGUAGES {
            assert_whole(language, &code);
        }
    }
}

#[test]
fn no_code_takes_longer_than_its_length() {
    for piece in PIECES {
        for language in LANGUAGES {
            let code = piece.repeat(50_000 / piece.len());
            let time = std::time::Instant::now();
            assert!(html(language, &code).len() >= code.len());
            let took = time.elapsed();
            assert!(took.as_secs() < 5, "{piece:?} in {language}: {took:?}");
        }
    }
}
