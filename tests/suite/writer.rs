//! Whoever writes a schedule or pages is told each mistake once, where it is,
//! and every other beside it. What is said is held word by word.

use snapbox::{Data, assert_data_eq};

use crate::check::{checked, snapshots};
use crate::project::Project;

/// The folder of these snapshots, beside those of the rules.
pub(crate) const FOLDER: &str = "writer";

const PROJECT: &str = "[project]\nname = \"Example\"\n";

const CADENCE: &str =
    "[cadence]\nanchor = { version = \"1.0\", date = 2026-01-20 }\nevery = \"1 year\"\n";

const RELEASES: &str = "[[release]]\nversion = \"1.0.1\"\ndate = 2026-02-20\n[[release]]\nversion = \"1.0.2\"\ndate = 2026-03-20\n";

const CHANNEL: &str =
    "[[channel]]\nname = \"LTS\"\nphases = [{ name = \"Support\", for = \"2 years\" }]\n";

/// A site of one page, with that schedule.
fn site(schedule: &str) -> Project {
    Project::with_schedule(&format!("{PROJECT}{schedule}")).file("content/index.md", "# Home\n")
}

/// Holds what `check` says against the snapshot of that name.
#[track_caller]
fn holds(name: &str, project: &Project) {
    told(name, checked(project).told());
}

#[track_caller]
fn told(name: &str, told: String) {
    let path = snapshots().join(FOLDER).join(format!("{name}.txt"));
    assert_data_eq!(told, Data::read_from(&path, None).raw());
}

#[test]
fn a_schedule_beside_a_readme_is_clean() {
    let project = Project::with_schedule(PROJECT).file("README.md", "# Example\n");
    holds("no-pages", &project);
}

#[test]
fn a_book_just_begun_is_clean() {
    let project = Project::new()
        .file("book.toml", "[book]\ntitle = \"Example\"\n")
        .file("src/SUMMARY.md", "- [Home](home.md)\n")
        .file("src/home.md", "# Home\n");
    project.run("init --mdbook --date 2026-11-20").succeeds();
    holds("new-book", &project);
}

#[test]
fn wrong_front_matter_hides_nothing() {
    let project = site(CADENCE)
        .file(
            "content/a.md",
            "+++\ntitel = \"A\"\n+++\n# A\n\n[B](b.md#nowhere), [C](c.md)\n",
        )
        .file("content/b.md", "# B\n\n[A](a.md#somewhere), [D](d.md)\n")
        .file(
            "content/e.md",
            "+++\nper = \"trian\"\n+++\n<!-- trainboard value train.end -->\n",
        )
        .file("content/f.md", b"# Caf\xe9\n")
        .file(
            "content/g.md",
            "+++\ntitle = \"G\"\n\n# G\n\n[X](x.md), [F](f.md)\n",
        );
    holds("front-matter", &project);
}

#[test]
fn pages_of_trains_are_there_though_their_front_matter_has_a_slip() {
    let project = site(CADENCE)
        .file(
            "content/t.md",
            "+++\nper = \"train\"\nwieght = 1\n+++\n# <!-- trainboard value train.version -->\n",
        )
        .file("content/b.md", "# B\n\n[1.0](t/1.0.md)\n");
    holds("front-matter-of-trains", &project);
}

#[test]
fn one_pair_of_brackets_where_two_belong_is_told_once() {
    let (release, channel) = (
        RELEASES.replace("[[release]]", "[release]"),
        CHANNEL.replace("[[channel]]", "[channel]"),
    );
    let train = "[[train]]\nversion = \"1.0\"\nchannel = \"LTS\"\n";
    holds("one-release", &site(&format!("{CADENCE}{release}")));
    holds("one-channel", &site(&format!("{CADENCE}{channel}{train}")));
    holds(
        "one-train",
        &site(&format!("[train]\nversion = \"1.0\"\n{RELEASES}")),
    );
    let inline = "channel = { name = \"LTS\" }\n";
    holds(
        "one-inline",
        &site("").file("schedule.toml", format!("{inline}{PROJECT}")),
    );
}

#[test]
fn a_table_that_is_there_twice_is_told_once() {
    holds(
        "table-twice",
        &site(&format!("{CADENCE}{CADENCE}{RELEASES}")),
    );
    holds(
        "key-twice",
        &site(&format!("{CADENCE}every = \"2 years\"\n{RELEASES}")),
    );
}

#[test]
fn what_follows_from_a_wrong_bump_is_not_told() {
    let with = |bump: &str| format!("{CADENCE}bump = \"{bump}\"\nuntil = \"1.9\"\n");
    for (name, bump) in [
        ("bump-unknown", "patch"),
        ("bump-without-pattern", "calendar"),
    ] {
        holds(name, &site(&format!("{}{RELEASES}", with(bump))));
    }
    let no_minor = CADENCE.replace("1.0", "1");
    holds(
        "bump-of-nothing",
        &site(&format!("{no_minor}bump = \"minor\"\n{RELEASES}")),
    );
}

#[test]
fn a_wrong_template_is_told_once() {
    let page =
        |body: &str| format!("<!DOCTYPE html>\n<html lang=\"en\"><body>{body}</body></html>\n");
    let with = |body: &str| {
        site("")
            .file("content/a.md", "# A\n")
            .file("content/b.md", "# B\n")
            .file("templates/page.html", page(body))
    };
    holds("template-variable", &with("{{ page.titel }}{{ content }}"));
    holds(
        "template-refused",
        &with("<a href=\"java{{ \"script:x\" }}\">{{ page.title }}</a>"),
    );
}

#[test]
fn templates_that_nothing_is_made_with_are_named() {
    let project = site("")
        .file("templates/pages.html", "{{ content }}\n")
        .file("templates/site.css", "p { color: red }\n")
        .file(
            "templates/footer.html",
            "<footer>{% include 'legal.html' %}</footer>\n",
        )
        .file("templates/legal.html", "<p>Legal</p>\n")
        .file(
            "templates/old.html",
            "<p>{% include \"older.html\" %}</p>\n",
        )
        .file("templates/older.html", "<p>Older</p>\n")
        .file(
            "templates/404.html",
            "<p>Lost</p>{% include \"footer.html\" %}\n",
        );
    holds("unused-templates", &project);
}

#[test]
fn a_component_of_another_template_is_used() {
    let project = site("")
        .file(
            "templates/parts.html",
            "{% component note(text) %}<p>{{ text }}</p>{% endcomponent note %}\n",
        )
        .file("templates/404.html", "{{ <note text=\"Lost\"/> }}\n");
    checked(&project).says();
    let told = checked(&project).told();
    assert!(!told.contains("unused-template"), "{told}");
}

#[test]
fn an_output_folder_that_no_build_would_take_is_found() {
    for output in ["content", ".", "schedules"] {
        let settings = format!("[site]\ntitle = \"Example\"\noutput = \"{output}\"\n");
        let name = format!("output-{}", output.replace('.', "root"));
        let project = site("").file("trainboard.toml", settings);
        holds(&name, &project);
        project.run("build").stderr(2);
    }
}

#[test]
fn a_picture_stays_without_a_chart() {
    let project = Project::with_schedule(&format!("{PROJECT}{CADENCE}")).file(
        "README.md",
        "# Example\n\n<!-- trainboard board -->\n<!-- /trainboard -->\n",
    );
    let update = |more: &str| project.run(&format!("update README.md --date 2026-11-20{more}"));
    update("").succeeds();
    assert!(!project.read("README.md").contains("!["));
    update(" --chart docs/a.svg").succeeds();
    let with_picture = project.read("README.md");
    assert!(with_picture.contains("](docs/a.svg)\n"), "{with_picture}");
    told("kept-picture", update("").says());
    assert_eq!(project.read("README.md"), with_picture);
    update(" --check").succeeds();
}

#[test]
fn a_picture_of_several_files_is_told_once() {
    let picture = |address: &str| {
        format!("<!-- trainboard gantt -->\n![x]({address})\n<!-- /trainboard -->\n")
    };
    let project = Project::with_schedule(&format!("{PROJECT}{CADENCE}"))
        .file("a.md", picture("a.svg"))
        .file("docs/b.md", picture("../a.svg"))
        .file("c.md", picture("a.svg"));
    let run = project.run("update a.md docs/b.md c.md --date 2026-11-20");
    let said = run.says();
    assert_eq!(
        said.matches("the picture `a.svg` stays").count(),
        1,
        "{said}"
    );
}

#[test]
fn what_is_allowed_and_not_found_any_more_is_told() {
    let release = "[[release]]\nversion = \"1.0.1\"\ndate = 2026-02-20\nallow = [\"no-train\"]\nnote = \"was so\"\n";
    holds("idle-allow", &site(&format!("{CADENCE}{release}")));
}

/// Pages as Hugo has them.
fn pages_of_hugo() -> Project {
    site("")
        .file("static/img/disk.png", "PNG")
        .file("content/docs/install.md", "# Install\n")
        .file("content/posts/first.md", "# First\n")
}

#[test]
fn what_other_generators_would_replace_is_told_with_what_to_write() {
    let text = "# Second\n\n[First]({{< ref \"first.md\" >}}) and `{{< ref >}}`\n\n\
        {{< highlight go >}}\nx := 1\n{{< /highlight >}}\n\n{{< youtube w7Ft2ymGmfc >}}\n\n\
        {{% notice %}}Soon{{% /notice %}}\n\n{% include a.html %}\n\n\
        !!! warning \"Soon\"\n    It leaves.\n\n::: tip\nTry it.\n:::\n";
    holds(
        "shortcodes",
        &pages_of_hugo().file("content/posts/second.md", text),
    );
}

#[test]
fn front_matter_of_other_generators_is_told_with_what_stands_for_it() {
    let text = "---\ntitle: Second\ndate: 2026-01-02\ndraft: true\nslug: two\nTags: [a]\n\
        menu:\n  main:\n    weight: 2\nnav_order: 3\nsummary: Short\n---\n\n# Second\n";
    let page = "+++\ntitle = \"Third\"\ndate = 2026-01-02T10:00:00Z\n+++\n\n# Third\n";
    let project = pages_of_hugo()
        .file("content/posts/second.md", text)
        .file("content/posts/third.md", page);
    holds("foreign-keys", &project);
}

#[test]
fn an_address_of_a_published_site_is_told_with_the_one_to_write() {
    let text = "# Second\n\n![Disk](/img/disk.png) [first](/posts/first/#first)\n\
        [install](../../docs/install/) [near](../docs/install/) [home](/)\n\n\
        <a href=\"/docs/install.html\">Install</a> [gone](/gone/)\n";
    holds(
        "published-addresses",
        &pages_of_hugo().file("content/posts/second.md", text),
    );
}

#[test]
fn the_page_of_a_folder_has_its_name() {
    let project = pages_of_hugo()
        .file("content/_index.md", "# Home\n")
        .file("content/docs/_index.md", "# Docs\n\n[Gone](gone.md)\n");
    holds("folder-pages", &project);
}

#[test]
fn a_frame_is_told_once() {
    let frame = "# Second\n\n<iframe src=\"https://example.org/\" onload=\"x()\"></iframe>\n";
    holds(
        "frame",
        &pages_of_hugo().file("content/posts/second.md", frame),
    );
}
