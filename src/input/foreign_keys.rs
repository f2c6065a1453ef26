//! Keys of the front matter of other generators, and what stands for them here.

use crate::diagnostic::Diagnostic;

/// What to do with keys of those names, which Hugo, Jekyll, `MkDocs`, `VitePress`
/// and Docusaurus have.
const KEYS: [(&str, &str); 6] = [
    (
        "draft published publishDate expiryDate unlisted headless",
        "every page is published: move one that is not to be out of the folder of pages, \
         and take the key out of all others",
    ),
    (
        "url slug permalink redirect_from",
        "the address of a page is that of its file; one that it had before is in `aliases`",
    ),
    (
        "nav_order order position sidebar_position",
        "the place of a page among its neighbours is its `weight`",
    ),
    (
        "linkTitle nav_title navTitle sidebar_label subtitle",
        "a page has one name, its `title`",
    ),
    (
        "summary excerpt",
        "what a page is about is its `description`",
    ),
    (
        "lang language locale",
        "the language is that of the site: `lang` in `trainboard.toml`",
    ),
];

/// Keys of other generators for which nothing stands here.
const UNREAD: &str = "author authors bookCollapseSection bookToc cascade categories category \
    collection comments cover date featured grand_parent has_children has_toc hide icon id image \
    images keywords last_modified_at lastmod layout markup menu nav_exclude outline outputs \
    pagination_next pagination_prev params parent resources series sidebar sitemap status tags \
    template toc type updated";

/// Unknown keys, where other generators know them, with what to do about them.
/// Those for which nothing stands here are one finding.
pub(super) fn told(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_unread = |found: &Diagnostic| is_one_of(name(found), UNREAD.split(' '));
    let (mut unread, mut found): (Vec<_>, Vec<_>) = found.into_iter().partition(is_unread);
    unread.sort_by_key(|found| found.labels[0].span.start);
    for found in &mut found {
        let is_key = |names: &&str| is_one_of(name(found), names.split(' '));
        if let Some((_, help)) = KEYS.iter().find(|(names, _)| is_key(names)) {
            found.help = Some((*help).to_owned());
            found.patch = None;
        }
    }
    found.extend(unread_together(unread));
    found
}

/// Hugo knows its keys in capitals, too.
fn is_one_of<'a>(name: &str, mut names: impl Iterator<Item = &'a str>) -> bool {
    names.any(|known| known.eq_ignore_ascii_case(name))
}

/// The key that is not known.
fn name(found: &Diagnostic) -> &str {
    match found.labels.first() {
        Some(label) if found.code == "unknown-key" => {
            let written = label.source.text.get(label.span.clone());
            written.unwrap_or_default().trim_matches(['"', '\''])
        }
        _ => "",
    }
}

fn unread_together(found: Vec<Diagnostic>) -> Option<Diagnostic> {
    let names: Vec<_> = found
        .iter()
        .map(|found| format!("`{}`", name(found)))
        .collect();
    let (last, others) = names.split_last()?;
    let (title, help) = match others {
        [] => (
            format!("{last} is not a known key"),
            "take it out: only other generators read it",
        ),
        others => (
            format!("{} and {last} are not known keys", others.join(", ")),
            "take them out: only other generators read them",
        ),
    };
    let labels = found.into_iter().flat_map(|found| found.labels);
    let told = Diagnostic::error("unknown-key", title);
    let mut told = told.help(help);
    told.labels = labels.collect();
    Some(told)
}
