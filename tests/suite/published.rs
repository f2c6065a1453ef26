//! `check --published`: what readers see, held against what today would say.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::thread;

use snapbox::{assert_data_eq, str};

use crate::project::Project;

const SCHEDULE: &str = r#"[project]
name = "Wasmtime"
[cadence]
anchor = { version = "20.0.0", date = 2024-04-20 }
every = "1 month"
branch = "15 days before"
[[channel]]
name = "Normal"
phases = [{ name = "Supported", for = "2 months" }]
"#;

fn project() -> Project {
    Project::with_schedule(SCHEDULE)
        .file("content/index.md", "# Home\n\n<!-- trainboard table -->\n")
        .file(
            "content/plain.md",
            "# Plain\n\nnothing that a day changes\n",
        )
}

/// A project that was published on that day.
fn published_on(day: &str) -> Project {
    let project = project();
    project.run(&format!("build --date {day}")).succeeds();
    project
}

/// A host that answers every request for a path with what is there.
fn host(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/docs", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().unwrap().unwrap();
            while lines
                .next()
                .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
            {}
            let path = first.split(' ').nth(1).unwrap_or_default();
            let _ = stream.write_all(&answer(path));
        }
    });
    address
}

fn ok(body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

fn status(line: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").into_bytes()
}

/// A host that serves the folder of a built site.
fn host_of(folder: PathBuf) -> String {
    host(move |path| {
        let path = path.strip_prefix("/docs/").unwrap();
        std::fs::read(folder.join(path)).map_or_else(|_| status("404 Not Found"), |body| ok(&body))
    })
}

#[test]
fn a_site_that_says_what_today_would_say_is_fresh() {
    let project = published_on("2026-11-20");
    for day in ["2026-11-20", "2026-12-04"] {
        let said = project
            .run(&format!("check --published public --date {day}"))
            .says();
        assert_data_eq!(
            said,
            str![[r#"
checked 2 pages: nothing is wrong
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
        );
    }
}

#[test]
fn a_stale_site_is_told_train_by_train() {
    let project = published_on("2026-10-20");
    project
        .run("check --published public --date 2026-11-20")
        .fails(
            1,
            str![[r#"
error[stale]: `48.0.0` is shown as ended, it is not on the board any more

error[stale]: `49.0.0` is shown as supported, it ended on 2026-11-20

error[stale]: `51.0.0` is shown as planned, it was released on 2026-11-20

error[stale]: `52.0.0` is not shown, it is planned for 2026-12-20

checked 2 pages: 4 errors
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
    let told = project
        .run("check --published public --date 2027-02-20 --format short")
        .fails(1, str![]);
    assert_data_eq!(
        told,
        str![[r#"
error[stale]: `48.0.0` is shown as ended, it is not on the board any more
error[stale]: `49.0.0` is shown as supported, it ended on 2026-11-20
error[stale]: `50.0.0` is shown as supported, it ended on 2026-12-20
error[stale]: `51.0.0` is shown as planned, it ended on 2027-01-20
error[stale]: `52.0.0` is not shown, it ended on 2027-02-20
error[stale]: `53.0.0` is not shown, it was released on 2027-01-20
error[stale]: `54.0.0` is not shown, it was released on 2027-02-20
error[stale]: `55.0.0` is not shown, it is planned for 2027-03-20

"#]]
    );
}

#[test]
fn a_changed_end_and_a_new_release_are_told() {
    let project = published_on("2026-11-20");
    let facts = "[[train]]\nversion = \"51.0.0\"\nend = 2027-03-20\n\
                 [[release]]\nversion = \"50.0.0\"\ndate = 2026-10-20\n\
                 [[release]]\nversion = \"51.0.0\"\ndate = 2026-11-20\n\
                 [[release]]\nversion = \"51.0.1\"\ndate = 2026-11-20\n";
    project.write("schedule.toml", format!("{SCHEDULE}{facts}"));
    let told = project
        .run("check --published public --date 2026-11-20 --format short")
        .ends();
    assert_data_eq!(
        told,
        str![[r#"
error[stale]: the latest release of `50.0.0` is shown as none, it is 50.0.0
error[stale]: the end of `51.0.0` is shown as 2027-01-20, it is 2027-03-20
error[stale]: the latest release of `51.0.0` is shown as none, it is 51.0.1
schedule.toml:20:11: warning[unrecorded]: no release of `20.0.0` is recorded, planned for 2024-04-20, nor of the 29 next trains

"#]]
    );
}

#[test]
fn a_page_that_was_edited_since_is_told_with_the_first_line_that_differs() {
    let project = published_on("2026-11-20");
    project.write("content/index.md", "# Start\n\n<!-- trainboard table -->\n");
    project
        .run("check --published public --date 2026-11-20")
        .fails(1, str![[r#"
error[published-page]: `index.html` is published with other contents than a build makes
 |
help: line 8 is published as `<title>Home · Wasmtime</title>`, and a build makes `<title>Start · Wasmtime</title>`

checked 2 pages: 1 error
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]);
    std::fs::remove_file(project.path("public/index.html")).unwrap();
    project
        .run("check --published public --date 2026-11-20")
        .fails(
            1,
            str![[r#"
error[published-page]: `index.html` is not published

checked 2 pages: 1 error
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
}

#[test]
fn a_page_without_a_marker_is_not_compared() {
    let project = published_on("2026-11-20");
    project.write("content/plain.md", "# Plain\n\nnew words\n");
    project
        .run("check --published public --date 2026-11-20")
        .succeeds();
}

#[test]
fn a_site_on_the_web_is_compared_as_it_is_built_for_its_address() {
    let project = project();
    let address = host_of(project.path("public"));
    project
        .run(&format!("build --date 2026-11-20 --base-url {address}"))
        .succeeds();
    project
        .run(&format!("check --published {address} --date 2026-11-20"))
        .succeeds();
    let told = project
        .run(&format!(
            "check --published {address}/ --date 2026-12-20 --format json"
        ))
        .ends();
    let found: Vec<serde_json::Value> = serde_json::from_str(&told).unwrap();
    let titles: Vec<_> = found
        .iter()
        .map(|found| found["title"].as_str().unwrap())
        .collect();
    assert!(
        titles.contains(&"`50.0.0` is shown as supported, it ended on 2026-12-20"),
        "{titles:?}"
    );
}

#[test]
fn a_place_without_a_board_is_told() {
    let project = project().file("empty/x", "");
    project
        .run("check --published empty --date 2026-11-20")
        .fails(
            1,
            str![[r#"
error[not-published]: there is no `board.json` at `empty`
 |
help: name the top of a site that trainboard built

checked 2 pages: 1 error
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
    let project = project.file("other/board.json", "{\"trains\": 3}");
    let told = project
        .run("check --published other --date 2026-11-20 --format short")
        .fails(1, str![]);
    assert_data_eq!(
        told,
        str![[r#"
error[not-published]: the `board.json` at `other` is no board: invalid type: integer `3`, expected a sequence at line 1 column 12

"#]]
    );
    project
        .run("check --published nowhere --date 2026-11-20")
        .fails(
            3,
            str![[r#"
error: there is no folder `nowhere`

"#]],
        );
    project
        .run("check --published ftp://example.org/ --date 2026-11-20")
        .fails(2, str![[r#"
error: invalid value 'ftp://example.org/' for '--published <URL|DIR>': the address `ftp://example.org/` is not a full address that begins with `https://` or `http://`

For more information, try '--help'.

"#]]);
}

/// What is said when a host gives that answer, without the port.
fn said_of(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
    let address = host(answer);
    let said = project()
        .run(&format!("check --published {address} --date 2026-11-20"))
        .stderr(3);
    said.replace(&address, "http://localhost/docs")
}

#[test]
fn a_host_that_does_not_answer_as_it_should_is_the_machines_fault() {
    assert_data_eq!(
        said_of(|_| status("500 Internal Server Error")),
        str![[r#"
error: `http://localhost/docs/board.json` cannot be read: the host answers with status 500

"#]]
    );
    assert_data_eq!(
        said_of(|_| Vec::new()),
        str![[r#"
error: `http://localhost/docs/board.json` cannot be read: Peer disconnected

"#]]
    );
    assert_data_eq!(
        said_of(|_| {
            b"HTTP/1.1 302 Found\r\nLocation: /docs/again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
        }),
        str![[r#"
error: `http://localhost/docs/board.json` cannot be read: too many redirects

"#]]
    );
    assert_data_eq!(
        said_of(|_| {
            b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n{".to_vec()
        }),
        str![[r#"
error: `http://localhost/docs/board.json` cannot be read: Peer disconnected

"#]]
    );
    let refused = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let said = project()
        .run(&format!(
            "check --published http://{refused}/ --date 2026-11-20"
        ))
        .stderr(3);
    let said = said.replace(&refused.to_string(), "localhost");
    let start = "error: `http://localhost/board.json` cannot be read: ";
    assert!(said.starts_with(start), "{said}");
}

#[test]
fn what_is_wrong_here_comes_before_what_is_wrong_there() {
    let project = published_on("2026-10-20").file("content/index.md", "[x](nowhere.md)\n");
    project
        .run("check --published public --date 2026-11-20")
        .fails(
            1,
            str![[r#"
warning[not-compared]: `public` was not looked at: what is wrong here comes first

error[dead-link]: there is no `nowhere.md`
 --> content/index.md:1:5
  |
1 | [x](nowhere.md)
  |     ^^^^^^^^^^ leads nowhere

checked 2 pages: 1 error and 1 warning
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
}
