//! `check --published` of an address.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::thread;

use snapbox::{assert_data_eq, str};

use super::{SCHEDULE, project, published_on};

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
checked 2 pages: nothing is wrong
links to other hosts are not checked here; that does: lychee --include-fragments public
error: `http://localhost/docs/board.json` cannot be read: the host answers with status 500

"#]]
    );
    assert_data_eq!(
        said_of(|_| Vec::new()),
        str![[r#"
checked 2 pages: nothing is wrong
links to other hosts are not checked here; that does: lychee --include-fragments public
error: `http://localhost/docs/board.json` cannot be read: the host ends the connection too early

"#]]
    );
    assert_data_eq!(
        said_of(|_| {
            b"HTTP/1.1 302 Found\r\nLocation: /docs/again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
        }),
        str![[r#"
checked 2 pages: nothing is wrong
links to other hosts are not checked here; that does: lychee --include-fragments public
error: `http://localhost/docs/board.json` cannot be read: it is redirected more than 5 times

"#]]
    );
    assert_data_eq!(
        said_of(|_| {
            b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n{".to_vec()
        }),
        str![[r#"
checked 2 pages: nothing is wrong
links to other hosts are not checked here; that does: lychee --include-fragments public
error: `http://localhost/docs/board.json` cannot be read: it is larger than 64 MiB

"#]]
    );
    let other = host(|_| ok(b"{}")).replace("127.0.0.1", "localhost");
    let moved = format!(
        "HTTP/1.1 301 Moved Permanently\r\nLocation: {other}/board.json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    assert_data_eq!(
        said_of(move |_| moved.clone().into_bytes()),
        str![[r#"
checked 2 pages: nothing is wrong
links to other hosts are not checked here; that does: lychee --include-fragments public
error: `http://localhost/docs/board.json` cannot be read: it leads to another host, `localhost`: check the site at its address there

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
    assert_data_eq!(
        said.replace(&refused.to_string(), "localhost"),
        str![[r#"
checked 2 pages: nothing is wrong
links to other hosts are not checked here; that does: lychee --include-fragments public
error: `http://localhost/board.json` cannot be read: the host refuses the connection

"#]]
    );
}

#[test]
fn what_is_wrong_here_is_told_beside_what_is_wrong_there() {
    let project = published_on("2026-10-20").file("content/index.md", "[x](nowhere.md)\n");
    project
        .run("check --published public --date 2026-11-20")
        .fails(
            1,
            str![[r#"
warning[not-compared]: of `public`, only the board was looked at: what is wrong here comes first

error[stale]: `48.0.0` is shown as ended, it is not on the board any more

error[stale]: `49.0.0` is shown as supported, it ended on 2026-11-20

error[stale]: `51.0.0` is shown as planned, it was released on 2026-11-20

error[stale]: `52.0.0` is not shown, it is planned for 2026-12-20

error[dead-link]: there is no `nowhere.md`
 --> content/index.md:1:5
  |
1 | [x](nowhere.md)
  |     ^^^^^^^^^^ leads nowhere

checked 2 pages: 5 errors and 1 warning
the board at public held from 2026-10-20 until 2026-11-05
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
    project.write("schedule.toml", format!("{SCHEDULE}colour = \"red\"\n"));
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

error[unknown-key]: `colour` is not a known key
  --> schedule.toml:10:1
   |
10 | colour = "red"
   | ^^^^^^ not known here
   |
help: known here: name, every, count, from, badge, upcoming, support-from, phases, patches, fields

checked 2 pages: 2 errors and 1 warning
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]],
        );
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let said = project
        .run(&format!(
            "check --published http://{address} --date 2026-11-20"
        ))
        .stderr(3);
    assert_data_eq!(
        said.replace(&address, "localhost"),
        str![[r#"
error[dead-link]: there is no `nowhere.md`
 --> content/index.md:1:5
  |
1 | [x](nowhere.md)
  |     ^^^^^^^^^^ leads nowhere

error[unknown-key]: `colour` is not a known key
  --> schedule.toml:10:1
   |
10 | colour = "red"
   | ^^^^^^ not known here
   |
help: known here: name, every, count, from, badge, upcoming, support-from, phases, patches, fields

checked 2 pages: 2 errors
links to other hosts are not checked here; that does: lychee --include-fragments public
error: `http://localhost/board.json` cannot be read: the host refuses the connection

"#]]
    );
}

#[test]
fn what_is_known_of_a_stale_site_is_told_when_a_page_cannot_be_read() {
    let project = published_on("2026-10-20");
    let public = project.path("public");
    let address = host(move |path| match path.strip_prefix("/docs/").unwrap() {
        "board.json" => ok(&std::fs::read(public.join("board.json")).unwrap()),
        _ => status("403 Forbidden"),
    });
    let said = project
        .run(&format!("check --published {address} --date 2026-11-05"))
        .stderr(3);
    let said = said.replace(&address, "http://localhost/docs");
    assert_data_eq!(
        said,
        str![[r#"
error[stale]: `51.0.0` is shown as planned, it is stabilising since 2026-11-05

checked 2 pages: 1 error
the board at http://localhost/docs/ held from 2026-10-20 until 2026-11-05
links to other hosts are not checked here; that does: lychee --include-fragments public
error: `http://localhost/docs/index.html` cannot be read: the host answers with status 403

"#]]
    );
}

#[test]
fn a_site_that_was_built_without_an_address_is_compared_so() {
    let project = published_on("2026-11-20");
    let address = host_of(project.path("public"));
    let said = project
        .run(&format!("check --published {address} --date 2026-11-20"))
        .says();
    assert_data_eq!(
        said.replace(&address, "http://localhost/docs"),
        str![[r#"
checked 2 pages: nothing is wrong
the board at http://localhost/docs/ holds from 2026-11-20 until 2026-12-05
links to other hosts are not checked here; that does: lychee --include-fragments public

"#]]
    );
}

#[test]
fn where_a_host_sends_on_it_is_followed() {
    let project = published_on("2026-11-20");
    let public = project.path("public");
    let address = host(move |path| {
        let path = path.strip_prefix("/docs/").unwrap();
        match path.strip_prefix("moved/") {
            None => status(&format!(
                "301 Moved Permanently\r\nLocation: /docs/moved/{path}"
            )),
            Some(path) => std::fs::read(public.join(path))
                .map_or_else(|_| status("404 Not Found"), |body| ok(&body)),
        }
    });
    project
        .run(&format!("check --published {address} --date 2026-11-20"))
        .succeeds();
}

#[test]
fn a_page_that_the_host_lacks_is_not_published() {
    let project = published_on("2026-11-20");
    let address = host_of(project.path("public"));
    std::fs::remove_file(project.path("public/index.html")).unwrap();
    for day in ["2026-11-20", "2026-12-20"] {
        let told = project
            .run(&format!(
                "check --published {address} --format short --date {day}"
            ))
            .fails(1, str![]);
        let first = told.lines().next().unwrap();
        assert_eq!(
            first,
            "error[published-page]: `index.html` is not published"
        );
        assert_eq!(told.matches("published-page").count(), 1, "{told}");
    }
}

#[test]
fn a_connection_that_is_not_safe_is_the_machines_fault() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}/docs", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(&status("400 Bad Request"));
    });
    let said = project()
        .run(&format!("check --published {address} --date 2026-11-20"))
        .stderr(3);
    assert_data_eq!(
        said.replace(&address, "https://localhost/docs"),
        str![[r#"
checked 2 pages: nothing is wrong
links to other hosts are not checked here; that does: lychee --include-fragments public
error: `https://localhost/docs/board.json` cannot be read: no safe connection can be made: received corrupt message of type InvalidContentType

"#]]
    );
}
