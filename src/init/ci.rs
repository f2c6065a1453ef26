//! What checks, builds and publishes a project, wherever its repository is.

use clap::ValueEnum;

use super::{NewFile, Product, Repository, fill};
use crate::schedule::quoted;

/// The mdBook that a new workflow installs.
const MDBOOK: &str = "0.5.4";

const TRAINBOARD: &str = env!("CARGO_PKG_VERSION");

/// The action that brings the release which this program is of, as a workflow
/// names it; none for a program that was built elsewhere than releases are.
const ACTION: Option<&str> = option_env!("TRAINBOARD_ACTION");

/// Where changes are checked and pages published. The sentences are those of
/// the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Host {
    /// GitHub Actions, and GitHub Pages
    Github,
    /// GitLab CI/CD, and GitLab Pages
    Gitlab,
    /// Forgejo Actions, and the branch of pages that Codeberg serves
    Forgejo,
    /// A script for any other: it checks, builds, and publishes to a folder or by a command
    Shell,
}

impl Host {
    /// Where its file belongs, from the top of the repository.
    fn path(self) -> &'static str {
        match self {
            Self::Github => ".github/workflows/trainboard.yml",
            Self::Gitlab => ".gitlab-ci.yml",
            Self::Forgejo => ".forgejo/workflows/trainboard.yml",
            Self::Shell => ".ci/trainboard.sh",
        }
    }

    fn skeleton(self, product: Product) -> &'static str {
        match (self, product) {
            (Self::Github, Product::Site) => include_str!("skeleton/ci/github/site.yml"),
            (Self::Github, Product::Book { .. }) => include_str!("skeleton/ci/github/book.yml"),
            (Self::Gitlab, _) => include_str!("skeleton/ci/gitlab.yml"),
            (Self::Forgejo, _) => include_str!("skeleton/ci/forgejo.yml"),
            (Self::Shell, _) => include_str!("skeleton/ci/shell.sh"),
        }
    }

    /// What stands between two commands of its file.
    fn next_command(self) -> &'static str {
        match self {
            Self::Github | Self::Forgejo => "\n          ",
            Self::Gitlab => "\n    - ",
            Self::Shell => "\n  ",
        }
    }

    /// What keeps a program that the machine has already. Where it is kept from
    /// one run to the next, cargo sees whether it is the right one.
    fn unless_there(self, program: &str) -> String {
        match self {
            Self::Github | Self::Gitlab => String::new(),
            Self::Forgejo | Self::Shell => format!("command -v {program} >/dev/null || "),
        }
    }

    /// The option that tells a build at which address its site will be.
    fn base_url(self) -> &'static str {
        match self {
            Self::Github | Self::Shell => "${SITE:+--base-url \"$SITE\"}",
            Self::Gitlab => "--base-url \"$CI_PAGES_URL\"",
            Self::Forgejo => {
                "--base-url \"https://${GITHUB_REPOSITORY%%/*}.codeberg.page/${GITHUB_REPOSITORY#*/}/\""
            }
        }
    }

    /// What makes its commands run in the project's folder.
    fn folder(self, repository: &Repository) -> String {
        if repository.folders.is_empty() {
            return String::new();
        }
        let folder = repository.folders.join("/");
        let plain = format!("'{}'", folder.replace('\'', r"'\''"));
        match self {
            Self::Github | Self::Forgejo => {
                let folder = quoted(&folder);
                format!("\n    defaults:\n      run:\n        working-directory: {folder}")
            }
            Self::Gitlab => format!("\n    - {}", quoted(&format!("cd {plain}"))),
            Self::Shell => format!("/{plain}"),
        }
    }

    /// What is up to whoever has the repository, and what they may wonder.
    pub fn advice(self, repository: &Repository) -> Vec<String> {
        let branch = published(repository).escape_debug();
        let pushed = format!("what is pushed to the branch `{branch}` is published");
        let own = match self {
            Self::Github => vec![
                pushed,
                "on GitHub: in the repository's settings, under Pages, choose GitHub Actions as the source".to_owned(),
            ],
            Self::Gitlab => vec![
                "what is pushed to the default branch is published".to_owned(),
                "on GitLab: under Build, Pipeline schedules, make a schedule for `17 0 * * *`".to_owned(),
            ],
            Self::Forgejo => vec![
                format!("{pushed} on the branch `pages`"),
                "on Codeberg: in the repository's settings, turn Actions on".to_owned(),
            ],
            Self::Shell => vec![format!("let your CI call `sh {}`, which says how", self.path())],
        };
        if self == Self::Github && ACTION.is_some() {
            return own;
        }
        let source = "trainboard comes from crates.io there, or from the git repository that the variable TRAINBOARD_GIT names";
        [own, vec![source.to_owned()]].concat()
    }
}

/// The file that does so. It stands where its host looks for it, and works in
/// the project's folder.
pub fn workflow(host: Host, product: Product, repository: &Repository) -> NewFile {
    file(host, product, repository, ACTION)
}

fn file(host: Host, product: Product, repository: &Repository, action: Option<&str>) -> NewFile {
    let commands = |lines: Vec<String>| lines.join(host.next_command());
    let (work, name) = match product {
        Product::Site => ("site", "Schedule"),
        Product::Book { .. } => ("book", "Book"),
    };
    let words = [
        ("trainboard", TRAINBOARD.to_owned()),
        ("mdbook", MDBOOK.to_owned()),
        ("source", source(action)),
        ("get", steps(product, action)),
        ("install", commands(install(host, &programs(product)))),
        ("kept", kept(product)),
        ("build", commands(build(host, product))),
        ("site", site(product).to_owned()),
        ("work", work.to_owned()),
        ("name", name.to_owned()),
        ("folder", host.folder(repository)),
        ("branch", branch(repository)),
    ];
    let up = "../".repeat(repository.folders.len());
    NewFile {
        path: format!("{up}{}", host.path()),
        about: "checks every change, and publishes",
        text: fill(host.skeleton(product), &words),
    }
}

/// What a workflow of GitHub says of where trainboard comes from.
fn source(action: Option<&str>) -> String {
    match action {
        None => format!(
            "# trainboard {TRAINBOARD} comes from crates.io. As long as it is not there, give the\n\
             # variable TRAINBOARD_GIT the address of its git repository."
        ),
        Some(_) => format!("# trainboard {TRAINBOARD} is fetched by its own action."),
    }
}

/// The steps of GitHub that bring the programs: what has no action is compiled.
fn steps(product: Product, action: Option<&str>) -> String {
    let mut compiled = programs(product);
    compiled.retain(|program| action.is_none() || program.name != "trainboard");
    let names: Vec<_> = compiled.iter().map(|program| program.title).collect();
    let mut steps = String::new();
    if !compiled.is_empty() {
        let words = [
            ("kept", kept(product)),
            ("programs", names.join(" and ")),
            (
                "install",
                install(Host::Github, &compiled).join(Host::Github.next_command()),
            ),
        ];
        steps += &fill(include_str!("skeleton/ci/github/compiled.yml"), &words);
    }
    let last = match action {
        None => "        env:\n          TRAINBOARD_GIT: ${{ vars.TRAINBOARD_GIT }}".to_owned(),
        Some(action) => format!("      - uses: {action}"),
    };
    steps + &last
}

/// What a workflow needs.
struct Program {
    name: &'static str,
    title: &'static str,
    /// Where cargo finds it.
    version: String,
}

/// What makes the pages: for a book, the mdBook that it is made for as well.
fn programs(product: Product) -> Vec<Program> {
    let git = "${TRAINBOARD_GIT:+--git \"$TRAINBOARD_GIT\"}";
    let trainboard = Program {
        name: "trainboard",
        title: "trainboard",
        version: format!("{TRAINBOARD} {git}"),
    };
    let mdbook = Program {
        name: "mdbook",
        title: "mdBook",
        version: MDBOOK.to_owned(),
    };
    match product {
        Product::Site => vec![trainboard],
        Product::Book { .. } => vec![mdbook, trainboard],
    }
}

/// How programs come to a machine with Rust.
fn install(host: Host, programs: &[Program]) -> Vec<String> {
    let line = |Program { name, version, .. }: &Program| {
        let unless_there = host.unless_there(name);
        format!("{unless_there}cargo install {name} --locked --version {version}")
    };
    programs.iter().map(line).collect()
}

/// What the programs are called where they are kept.
fn kept(product: Product) -> String {
    match product {
        Product::Site => format!("trainboard-{TRAINBOARD}"),
        Product::Book { .. } => format!("trainboard-{TRAINBOARD}-mdbook-{MDBOOK}"),
    }
}

/// What puts the finished pages into the folder `$OUT`.
fn build(host: Host, product: Product) -> Vec<String> {
    let lines = match product {
        Product::Site => {
            let base_url = host.base_url();
            return vec![format!("trainboard build --out \"$OUT\" {base_url}")];
        }
        Product::Book {
            has_more_renderers: false,
        } => ["mdbook build --dest-dir \"$OUT\""].as_slice(),
        // That of HTML has a folder of its own.
        Product::Book {
            has_more_renderers: true,
        } => &[
            "all=\"$(mktemp -d)\"",
            "mdbook build --dest-dir \"$all\"",
            "mkdir -p \"$OUT\"",
            "cp -R \"$all/html/.\" \"$OUT\"",
        ],
    };
    lines.iter().map(|&line| line.to_owned()).collect()
}

/// What a script says of the address of a site; a book is told none.
fn site(product: Product) -> &'static str {
    match product {
        Product::Site => "#   SITE          the address that it will have, if one is known\n",
        Product::Book { .. } => "",
    }
}

fn published(repository: &Repository) -> &str {
    repository.branch.as_deref().unwrap_or("main")
}

/// The branch that is published, in quotes where it is no plain word.
fn branch(repository: &Repository) -> String {
    let branch = published(repository);
    let is_plain = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '_';
    let means_itself = !branch.starts_with('-') && !is_yaml_word(branch);
    if means_itself && branch.chars().all(is_plain) {
        branch.to_owned()
    } else {
        quoted(branch)
    }
}

/// Whether some reader of YAML takes it for something else than a text.
fn is_yaml_word(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASE: &str = "lantern/trainboard@0123456789abcdef0123456789abcdef01234567 # v0.1.0";

    fn with_action(product: Product) -> String {
        file(Host::Github, product, &Repository::default(), Some(RELEASE)).text
    }

    #[test]
    fn a_release_writes_its_own_action_into_a_workflow() {
        let site = with_action(Product::Site);
        let step = format!("          persist-credentials: false\n      - uses: {RELEASE}\n");
        assert_eq!(site.matches(&step).count(), 2, "{site}");
        for compiled in ["cargo install", "TRAINBOARD_GIT", "actions/cache", "{get}"] {
            assert!(!site.contains(compiled), "{compiled}");
        }
    }

    #[test]
    fn the_mdbook_of_a_book_is_compiled_beside_that_action() {
        let book = with_action(Product::Book {
            has_more_renderers: false,
        });
        assert!(book.contains("- name: Install mdBook\n"), "{book}");
        assert!(!book.contains("cargo install trainboard"));
        assert_eq!(book.matches(RELEASE).count(), 2);
    }
}
