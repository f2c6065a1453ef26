//! The preview, asked over raw sockets.
#![cfg(feature = "serve")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use snapbox::assert_data_eq;
use snapbox::cmd::cargo_bin;
use snapbox::str;

use crate::project::Project;

/// No machine is so slow that it takes longer.
const PATIENCE: Duration = Duration::from_mins(1);

const SCHEDULE: &str = r#"[project]
name = "Wasmtime"
[cadence]
anchor = { version = "20.0.0", date = 2024-04-20 }
every = "1 month"
[[channel]]
name = "Normal"
phases = [{ name = "Supported", for = "2 months" }]
"#;

fn project() -> Project {
    Project::with_schedule(SCHEDULE)
        .file("content/index.md", "# Home\n\n<!-- trainboard table -->\n")
        .file("content/guide/index.md", "# Guide\n\nplain\n")
        .file("content/guide/it's 1.md", "# One\n")
        .file("content/data.json", "{}")
}

/// Saves a file as a whole: what is written bit by bit can be seen bit by bit.
fn save(project: &Project, path: &str, text: impl AsRef<[u8]>) {
    project.write("saved", text);
    let path = project.path(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::rename(project.path("saved"), path).unwrap();
}

/// A preview that runs until it is dropped.
struct Preview {
    /// Kept while it is previewed.
    _project: Project,
    process: Child,
    said: Receiver<String>,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Preview {
    fn of(project: &Project) -> Self {
        Self::with(project, "")
    }

    fn with(project: &Project, arguments: &str) -> Self {
        let mut process = Command::new(cargo_bin!("trainboard"))
            .args(["serve", "--port", "0", "--date", "2026-11-20"])
            .args(arguments.split_whitespace())
            .env_clear()
            .current_dir(project.root())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(process.stderr.take().unwrap());
        let (sender, said) = channel();
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut preview = Self {
            _project: project.clone(),
            process,
            said,
            port: 0,
        };
        let line = preview.hears("preview at http://");
        let port = line.rsplit(':').next().unwrap();
        let port: String = port.chars().take_while(char::is_ascii_digit).collect();
        preview.port = port.parse().unwrap();
        preview
    }

    /// Waits for a line with that in it.
    #[track_caller]
    fn hears(&self, part: &str) -> String {
        let start = Instant::now();
        let mut lines = String::new();
        while let Ok(line) = self
            .said
            .recv_timeout(PATIENCE.saturating_sub(start.elapsed()))
        {
            if line.contains(part) {
                return line;
            }
            lines += &line;
            lines += "\n";
        }
        panic!("nothing was said of `{part}`, but\n{lines}");
    }

    /// The whole answer to those bytes.
    fn answer(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // The other side may have heard enough before the end.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The answer to a request that is all right but for those lines.
    fn get_with(&self, path: &str, headers: &str) -> Answer {
        let port = self.port;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}Connection: close\r\n\r\n"
        );
        Answer(self.answer(request.as_bytes()))
    }

    fn get(&self, path: &str) -> Answer {
        self.get_with(path, "")
    }

    /// Waits until a file has that in it.
    #[track_caller]
    fn shows(&self, path: &str, part: &str) {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self.get(path).body().contains(part) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("{path} has no `{part}`, but {}", self.get(path).0);
    }

    /// The status of a request that has this first line and these headers.
    fn status(&self, request: &str) -> u16 {
        Answer(self.answer(request.replace("PORT", &self.port.to_string()).as_bytes())).status()
    }

    /// The stream of changes on some day.
    fn changes(&self, query: &str) -> Changes {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let port = self.port;
        let request =
            format!("GET /.trainboard/changes{query} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        Changes(BufReader::new(stream))
    }
}

struct Answer(String);

impl Answer {
    #[track_caller]
    fn status(&self) -> u16 {
        let line = self.0.lines().next().unwrap_or_default();
        let status = line
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("no answer: {:?}", self.0))
    }

    fn header(&self, name: &str) -> Option<&str> {
        let (head, _) = self.0.split_once("\r\n\r\n")?;
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        let mut found = lines.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value)
    }

    fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }
}

/// What the wrapper's script is told.
struct Changes(BufReader<TcpStream>);

impl Changes {
    #[track_caller]
    fn next(&mut self) -> serde_json::Value {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

#[test]
fn the_preview_shows_byte_for_byte_what_is_built() {
    let project = project();
    project.run("build --date 2026-11-20").succeeds();
    let preview = Preview::of(&project);
    for path in [
        "index.html",
        "guide/index.html",
        "trainboard.css",
        "schedule.svg",
        "data.json",
    ] {
        let answer = preview.get(&format!("/{path}"));
        assert_eq!(
            answer.body(),
            project.read(&format!("public/{path}")),
            "{path}"
        );
    }
    assert_eq!(preview.get("/").body(), project.read("public/index.html"));
    assert_eq!(
        preview.get("/guide/").body(),
        project.read("public/guide/index.html")
    );
    assert_eq!(
        preview.get("/guide/it's%201.html").body(),
        project.read("public/guide/it's 1.html")
    );
}

#[test]
fn a_page_that_fills_a_window_comes_in_the_wrapper() {
    let preview = Preview::of(&project());
    let window = "Sec-Fetch-Dest: document\r\n";
    let wrapper = preview.get_with("/guide/", window);
    assert!(
        wrapper.body().contains("/.trainboard/preview.js"),
        "{}",
        wrapper.0
    );
    let policy = wrapper.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self'"),
        "{policy}"
    );
    assert_eq!(preview.get_with("/data.json", window).body(), "{}");
    let framed = preview.get_with("/guide/", "Sec-Fetch-Dest: iframe\r\n");
    assert!(!framed.body().contains("<script"), "{}", framed.0);
    let policy = framed.header("content-security-policy").unwrap();
    assert!(policy.starts_with("script-src 'none'"), "{policy}");
}

#[test]
fn both_kinds_of_local_addresses_are_listened_at_and_no_other() {
    let preview = Preview::of(&project());
    assert_eq!(preview.get("/").status(), 200);
    let six: IpAddr = "::1".parse().unwrap();
    if let Ok(mut stream) = TcpStream::connect((six, preview.port)) {
        let request = format!("GET / HTTP/1.1\r\nHost: [::1]:{}\r\n\r\n", preview.port);
        stream.write_all(request.as_bytes()).unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        assert_eq!(line, "HTTP/1.1 200 OK\r\n");
    } else {
        let local = std::net::TcpListener::bind((six, 0));
        assert!(
            local.is_err(),
            "this machine has [::1], and the preview is not there"
        );
    }
    // All of 127.0.0.0/8 leads to this machine, but only one of it was asked for.
    assert!(TcpStream::connect(("127.0.0.2", preview.port)).is_err());
}

#[test]
fn another_host_is_listened_at_with_a_warning() {
    let project = project();
    let preview = Preview::with(&project, "--host 127.0.0.2");
    let mut stream = TcpStream::connect(("127.0.0.2", preview.port)).unwrap();
    let request = format!("GET / HTTP/1.1\r\nHost: 127.0.0.2:{}\r\n\r\n", preview.port);
    stream.write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    assert_eq!(line, "HTTP/1.1 200 OK\r\n");
    drop(preview);
    let run = project.run("serve --port 0 --host nowhere.invalid");
    let said = run.stderr(3);
    assert!(
        said.starts_with(
            "warning: with `--host nowhere.invalid`, others than you may see the preview\nerror: the host `nowhere.invalid` is not known: "
        ),
        "{said}"
    );
}

#[test]
fn an_unknown_host_is_refused() {
    let preview = Preview::of(&project());
    for (host, status) in [
        ("127.0.0.1:PORT", 200),
        ("localhost:PORT", 200),
        ("LOCALHOST", 200),
        ("[::1]:PORT", 200),
        ("evil.example:PORT", 403),
        ("127.0.0.1.evil.example", 403),
        ("localhost.evil.example", 403),
        ("192.168.0.1:PORT", 403),
        ("", 403),
    ] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(preview.status(&request), status, "{host}");
    }
    let request =
        "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    assert_eq!(preview.status(request), 403);
}

#[test]
fn a_missing_or_a_double_host_is_a_bad_request() {
    let preview = Preview::of(&project());
    assert_eq!(
        preview.status("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"),
        400
    );
    assert_eq!(preview.status("GET / HTTP/1.0\r\n\r\n"), 400);
    let double =
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    assert_eq!(preview.status(double), 400);
}

#[test]
fn the_stream_of_changes_is_for_our_own_pages() {
    let preview = Preview::of(&project());
    let origin = format!("Origin: http://127.0.0.1:{}\r\n", preview.port);
    for (headers, refused) in [
        ("Origin: http://evil.example\r\n", true),
        ("Origin: null\r\n", true),
        ("Origin: http://127.0.0.1:1\r\n", true),
        ("Sec-Fetch-Site: cross-site\r\n", true),
        ("Sec-Fetch-Site: same-site\r\n", true),
        ("Sec-Fetch-Site: same-origin\r\n", false),
        (&*origin, false),
    ] {
        if refused {
            assert_eq!(
                preview.get_with("/.trainboard/changes", headers).status(),
                403,
                "{headers}"
            );
        } else {
            let script = preview.get_with("/.trainboard/preview.js", headers);
            assert_eq!(script.status(), 200, "{headers}");
        }
    }
}

#[test]
fn every_answer_says_that_it_is_for_this_origin_and_this_moment() {
    let preview = Preview::of(&project());
    for path in [
        "/",
        "/trainboard.css",
        "/nothing",
        "/..",
        "/.trainboard/preview.js",
        "/guide",
    ] {
        let answer = preview.get_with(path, "Origin: http://evil.example\r\n");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[test]
fn only_get_and_head_are_answered() {
    let preview = Preview::of(&project());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"] {
        let request =
            format!("{method} / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        let answer = Answer(preview.answer(request.as_bytes()));
        assert_eq!(answer.status(), 405, "{method}");
        assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method}");
    }
    let head = "HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    let head = Answer(preview.answer(head.as_bytes()));
    assert_eq!((head.status(), head.body()), (200, ""));
    assert_eq!(
        head.header("content-length"),
        preview.get("/").header("content-length")
    );
}

#[test]
fn no_path_leads_out_of_the_site() {
    let preview = Preview::of(&project());
    for path in [
        "/../schedule.toml",
        "/guide/../../schedule.toml",
        "/%2e%2e/schedule.toml",
        "/..%2fschedule.toml",
        "/..%5cschedule.toml",
        "/guide%2findex.html",
        "/guide%5cindex.html",
        "/guide\\index.html",
        "//evil.example/",
        "/guide//index.html",
        "/index.html%00",
        "/%ff",
        "/C:/x",
        "/schedule.toml",
        "/content/index.md",
        "/.trainboard/",
        "/.trainboard/on/2026-13-01/",
        "/.trainboard/on/2026-12-20/../../../schedule.toml",
    ] {
        let status = preview.get(path).status();
        assert!(status == 400 || status == 404, "{path}: {status}");
    }
    for length in [5_000, 60_000, 64 * 1024, 1_000_000] {
        let long = format!("/{}", "a".repeat(length));
        let status = preview.get(&long).status();
        assert!(status == 400 || status == 404, "{length} bytes: {status}");
    }
    let header = format!("X: {}\r\n", "a".repeat(64 * 1024));
    assert_eq!(preview.get_with("/", &header).status(), 400);
    assert_eq!(preview.get("/").status(), 200);
}

#[test]
fn a_page_that_is_not_there_names_the_nearest() {
    let preview = Preview::of(&project());
    let answer = preview.get("/guide/indx.html");
    assert_eq!(answer.status(), 404);
    let page = answer.body();
    assert!(page.contains("<h1>No such page</h1>"), "{page}");
    assert!(page.contains("href=\"../site.css\""), "{page}");
    let hint = "<p>There is no <code>guide/indx.html</code>; the nearest is \
                <a href=\"../guide/index.html\">guide/index.html</a>.</p>";
    assert!(page.contains(hint), "{page}");
    assert_eq!(
        preview.get("/guide/indx.png").body(),
        "there is no `guide/indx.png`\n"
    );
    let folder = preview.get("/guide");
    assert_eq!(
        (folder.status(), folder.header("location")),
        (307, Some("guide/"))
    );
}

#[test]
fn an_edit_is_told_with_the_pages_that_it_changed() {
    let project = project();
    let preview = Preview::of(&project);
    let mut changes = preview.changes("");
    assert_eq!(changes.next()["generation"], 1);
    save(&project, "content/guide/index.md", "# Guide\n\nnew words\n");
    let told = changes.next();
    assert_eq!(told["generation"], 2);
    assert_eq!(told["changed"], serde_json::json!(["guide/index.html"]));
    assert_eq!(told["trouble"], serde_json::Value::Null);
    assert!(preview.get("/guide/").body().contains("new words"));
    let line = preview.hears("content/guide/index.md");
    assert!(
        line.starts_with("content/guide/index.md: built 1 page in "),
        "{line}"
    );
}

#[test]
fn a_folder_that_comes_later_is_seen() {
    let project = project();
    let preview = Preview::of(&project);
    save(&project, "static/site.css", "body { color: red }");
    preview.shows("/site.css", "red");
    save(&project, "static/deep/er/more.css", "p { color: red }");
    preview.shows("/deep/er/more.css", "red");
    save(&project, "static/site.css", "body { color: blue }");
    preview.shows("/site.css", "blue");
    std::fs::remove_dir_all(project.path("static")).unwrap();
    preview.shows("/site.css", ".site-header");
    save(&project, "trainboard.toml", "[site]\ntitle = \"Trains\"\n");
    preview.hears("trainboard.toml: built ");
}

#[test]
fn a_project_that_is_deleted_and_put_back_is_seen() {
    let project = project();
    let preview = Preview::of(&project);
    let root = project.root().to_owned();
    let aside = root.with_extension("aside");
    std::fs::rename(&root, &aside).unwrap();
    std::fs::create_dir(&root).unwrap();
    std::fs::copy(aside.join("schedule.toml"), root.join("schedule.toml")).unwrap();
    save(&project, "content/index.md", "# Put back\n");
    preview.shows("/", "Put back");
    save(&project, "content/index.md", "# Edited\n");
    preview.shows("/", "Edited");
    std::fs::remove_dir_all(aside).unwrap();
}

#[test]
fn a_project_that_comes_later_gets_its_page() {
    let project = project();
    let preview = Preview::of(&project);
    let other = "[project]\nname = \"Other\"\n[[train]]\nversion = \"7\"\nrelease = 2026-01-01\n";
    std::fs::create_dir(project.path("schedules")).unwrap();
    save(&project, "schedules/other.toml", other);
    preview.shows("/projects/other.html", "Other 7");
    save(&project, "schedules/other.toml", other.replace('7', "8"));
    preview.shows("/projects/other.html", "Other 8");
}

#[test]
fn a_schedule_that_a_marker_names_is_watched() {
    let project = project();
    let preview = Preview::of(&project);
    let other = "[project]\nname = \"Other\"\n[[train]]\nversion = \"7\"\nrelease = 2026-01-01\n";
    project.write("examples/other.toml", other);
    let page = "# Home\n\n<!-- trainboard table schedule=examples/other.toml -->\n";
    save(&project, "content/index.md", page);
    preview.shows("/", "Other");
    save(
        &project,
        "examples/other.toml",
        other.replace("Other", "Renamed"),
    );
    preview.shows("/", "Renamed");
}

#[test]
fn polling_sees_changes_too() {
    let project = project();
    let preview = Preview::with(&project, "--poll");
    thread::sleep(Duration::from_millis(1100));
    save(
        &project,
        "content/guide/index.md",
        "# Guide\n\nother and longer words\n",
    );
    preview.hears("content/guide/index.md: built 1 page in ");
}

#[test]
fn an_error_keeps_the_last_good_pages_and_goes_when_it_is_mended() {
    let project = project();
    let preview = Preview::of(&project);
    let mut changes = preview.changes("");
    changes.next();
    save(
        &project,
        "schedule.toml",
        SCHEDULE.replace("1 month", "<b>"),
    );
    let told = changes.next();
    assert_data_eq!(
        told["trouble"].as_str().unwrap(),
        str![[r#"
error[bad-value]: `<b>` is not a length such as `15 days`, `6 weeks`, `24 months` or `2 years`
 --> schedule.toml:5:9
  |
5 | every = "<b>"
  |         ^^^^^ the value of `every`
"#]]
    );
    assert_eq!(told["changed"], serde_json::json!([]));
    let page = preview.get("/");
    assert!(page.body().contains("51.0.0"), "{}", page.0);
    preview.hears("schedule.toml: the last good pages stay");
    save(&project, "schedule.toml", SCHEDULE);
    let told = changes.next();
    assert_eq!(told["trouble"], serde_json::Value::Null);
    preview.hears("schedule.toml: built nothing new in ");
}

#[test]
fn a_preview_can_begin_with_an_error() {
    let project = project().file("content/index.md", "[nowhere](x.md)\n");
    let preview = Preview::of(&project);
    assert_eq!(preview.get("/").status(), 503);
    assert_eq!(
        preview.get("/").body(),
        "there are no pages yet: the terminal says why\n"
    );
    let mut changes = preview.changes("");
    let trouble = changes.next()["trouble"].to_string();
    assert!(trouble.contains("error[dead-link]"), "{trouble}");
    save(&project, "content/index.md", "# Home\n");
    assert_eq!(changes.next()["trouble"], serde_json::Value::Null);
    assert_eq!(preview.get("/").status(), 200);
}

#[test]
fn any_day_can_be_seen() {
    let project = project();
    let preview = Preview::of(&project);
    project
        .run("build --date 2026-12-20 --out later")
        .succeeds();
    let later = preview.get("/.trainboard/on/2026-12-20/index.html");
    assert_eq!(later.body(), project.read("later/index.html"));
    let mut changes = preview.changes("?day=2026-12-20");
    let told = changes.next();
    assert_eq!(told["day"], "2026-12-20");
    assert_eq!(told["today"], "2026-11-20");
    assert_eq!(told["before"], "2026-12-19");
    assert_eq!(
        told["period"],
        "from 20 December 2026 until 20 January 2027"
    );
    assert_eq!(
        told["coming"][0]["brings"],
        "53.0.0 is released, support of 51.0.0 ends, 54.0.0 enters the table, 50.0.0 leaves the table"
    );
    save(
        &project,
        "content/index.md",
        "# New\n\n<!-- trainboard table -->\n",
    );
    assert_eq!(changes.next()["day"], "2026-12-20");
    assert!(
        preview
            .get("/.trainboard/on/2026-12-20/")
            .body()
            .contains("New")
    );
}

#[test]
fn the_next_free_port_is_taken() {
    let project = project();
    let first = Preview::of(&project);
    let arguments = format!("--port {}", first.port);
    let mut process = Command::new(cargo_bin!("trainboard"))
        .args(["serve", "--date", "2026-11-20"])
        .args(arguments.split_whitespace())
        .env_clear()
        .current_dir(project.root())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stderr.take().unwrap()).lines();
    let mut lines = lines.map_while(Result::ok);
    let line = lines.find(|line| line.starts_with("preview at")).unwrap();
    let taken = format!("http://127.0.0.1:{}/", first.port);
    assert!(!line.contains(&taken), "{line}");
    process.kill().unwrap();
    process.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_whoever_is_still_there() {
    let mut preview = Preview::of(&project());
    // Somebody listens, and somebody is slow.
    let mut changes = preview.changes("");
    changes.next();
    let mut slow = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
    slow.write_all(b"GET / HT").unwrap();
    let id = preview.process.id().to_string();
    Command::new("kill").args(["-INT", &id]).status().unwrap();
    let status = preview.process.wait().unwrap();
    assert!(status.success(), "{status}");
}
