//! The cost of an edit is the edit's: it touches as many files in a large archive as in a small one.
//!
//! In: two newsrooms of the same density, one of which goes back further: 60 and 600 articles, or as many as
//! `BRIEF_ARTICLES=1000,20000` says. Out: for the same edit in both the files that were created, replaced and removed.
//! [`SMALL_AND_LARGE`] is what is compared; [`EDITS`] and [`GLOBAL_EDITS`] are the edits.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};

use crate::site::Site;

/// Articles of the two newsrooms: lists are divided down to their days in both.
const SMALL_AND_LARGE: &str = "60,600";
/// Topics, and as many entities.
const SUBJECTS: usize = 3;
/// The newest articles: the running story is told in them, in both newsrooms alike.
const RECENT: usize = 40;
/// The number of an article that comes later than all others.
const NEW: usize = 1_000_000;
/// Pages of other articles that a new one may change: its neighbours in its story and on its lists.
const NEIGHBOURS: usize = 4;

/// For each kind of file: how many were created, replaced and removed.
type Touched = BTreeMap<String, (usize, usize, usize)>;
type Edit = fn(Site) -> Site;

/// Edits of one thing. All of them change what is a month old at most, and that is alike in both newsrooms.
const EDITS: [(&str, Edit); 6] = [
    ("a new article of today", |site| {
        let front = front(NEW, "2023-12-15T20:00", "");
        site.article("2023/12/15/new.md", &front, &body(0))
    }),
    ("a backdated article", |site| {
        let front = front(NEW + 1, "2023-12-03T10:00", "");
        site.article("2023/12/03/backdated.md", &front, &body(1))
    }),
    ("a withdrawn article", |site| article(site, 22, "draft: true", 22)),
    ("a changed headline", |site| article(site, 18, "title: Other", 18)),
    ("a changed body", |site| article(site, 14, "", 15)),
    ("a changed alias", |site| entity(site, "The Old Harbour")),
];

/// Edits of what many pages show.
const GLOBAL_EDITS: [(&str, Edit); 3] = [
    ("a template", |site| {
        let theme = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/article.html");
        let text = std::fs::read_to_string(theme).unwrap();
        site.file("templates/article.html", text.replace("<header>", "<header><!-- new -->"))
    }),
    ("a setting", |site| site.setting("title: Tide")),
    ("a UI text", |site| site.file("templates/ui/ar.yaml", "article:\n  topics: About\n")),
];

#[test]
fn an_edit_touches_as_many_files_in_a_large_archive_as_in_a_small_one() {
    let [small, large] = sizes().map(newsroom).map(|site| touched_by(site, &EDITS));
    for ((what, small), (_, large)) in small.iter().zip(&large) {
        assert!(!small.is_empty(), "{what} touches nothing");
        assert_eq!(
            small, large,
            "{what}: (created, replaced, removed) in the small and the large one"
        );
    }
    let (created, neighbours, _) = small[0].1["#/#/#/item-#.html"];
    assert!(created == 0 && neighbours <= NEIGHBOURS, "{} pages of other articles", neighbours);
}

#[test]
fn a_change_of_what_many_pages_show_touches_whole_kinds_of_files_and_the_same_ones() {
    let [small, large] = sizes().map(newsroom).map(|mut site| {
        site.build().published();
        let mut kinds = Vec::new();
        for (what, edit) in GLOBAL_EDITS {
            site = edit(site);
            let report = site.build().published();
            let all = count(site.tree().keys().map(String::as_str));
            let replaced = count(report.replaced.iter().map(String::as_str));
            assert!(report.created.is_empty() && report.removed.is_empty(), "{what}: {report:?}");
            let partly = replaced.iter().filter(|(kind, n_files)| all[*kind] != **n_files);
            assert_eq!(partly.collect::<Vec<_>>(), [], "{what}: of these kinds not all");
            kinds.push((what, replaced.into_keys().collect::<BTreeSet<_>>()));
        }
        kinds
    });
    assert!(small.iter().all(|(_, kinds)| kinds.contains("#/#/#/item-#.html")), "{small:?}");
    assert_eq!(small, large);
}

#[test]
fn many_articles_that_go_at_once_take_the_pages_of_their_days_with_them() {
    let mut site = newsroom(600);
    site.build().published();
    for number in (60..460_usize).filter(|number| !number.is_multiple_of(4)) {
        site = site.remove(&format!("content/articles/{}", path(number)));
    }
    site = site.may_shrink(true);
    let report = site.build().published();
    assert!(report.removed.iter().any(|file| file.starts_with("topics/topic-0/2023-1")));
    assert_as_anew(site);
}

/// The beginning of a PNG, as far as its size is told.
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x06\0\0\0\x1f\x15\xc4\x89";

#[test]
fn an_entity_that_is_told_otherwise_takes_along_what_it_shows() {
    let site = newsroom(60).file("content/entities/quay.png", PNG).content(
        "entities/board-1.md",
        "name: Board One\nkind: organization\nredirect_from: [first-board]",
        "",
    );
    site.build().published();
    let front = "name: Board One\nkind: organization\nrole: Harbour board\n\
                 image: {src: quay.png, alt: The quay}";
    let site = site.content("entities/board-1.md", front, "It is told of [[board-0]].");
    let report = site.build().published();
    assert!(report.created.iter().any(|file| file.ends_with("quay.png")), "{report:?}");
    assert!(report.removed.iter().any(|file| file.contains("first-board")), "{report:?}");
    assert_as_anew(site);
}

fn sizes() -> [usize; 2] {
    let sizes = std::env::var("BRIEF_ARTICLES").unwrap_or_else(|_| SMALL_AND_LARGE.to_owned());
    let sizes: Vec<usize> = sizes.split(',').map(|it| it.trim().parse().unwrap()).collect();
    sizes.try_into().expect("BRIEF_ARTICLES is two numbers: 1000,20000")
}

/// Two articles a day up to the fifteenth of December 2023.
fn newsroom(n_articles: usize) -> Site {
    let mut site = Site::new().now("2023-12-15T18:00:00Z").setting("per_page: 3");
    site = site.content("stories/quay.md", "name: Quay", "").content(
        "pages/about.md",
        "title: About",
        "",
    );
    for number in 0..SUBJECTS {
        site = site.content(
            &format!("topics/topic-{number}.md"),
            &format!("name: Topic {number}"),
            "",
        );
    }
    site = site.content("entities/board-1.md", "name: Board One\nkind: organization", "A board.");
    site = site.content("entities/board-2.md", "name: Board Two\nkind: organization", "A board.");
    site = entity(site, "The Quay");
    (0..n_articles).fold(site, |site, number| article(site, number, "", number))
}

/// The entity that is also known by another name, which four articles use.
fn entity(site: Site, alias: &str) -> Site {
    let front = format!("name: Harbour\nkind: place\naliases: [{alias}]");
    site.content("entities/board-0.md", &front, "A place.")
}

/// The article of a number, counted from the newest; `lines` stand over its own front matter.
fn article(site: Site, number: usize, lines: &str, text: usize) -> Site {
    let hour = if number.is_multiple_of(2) { 12 } else { 9 };
    let date = format!("{}T{hour:02}:00", day(number));
    site.article(&path(number), &front(number, &date, lines), &body(text))
}

fn path(number: usize) -> String {
    format!("{}/item-{number}.md", day(number).to_string().replace('-', "/"))
}

fn day(number: usize) -> Date {
    date(2023, 12, 15) - i64::try_from(number / 2).unwrap().days()
}

fn front(number: usize, date: &str, lines: &str) -> String {
    let mut front = format!("date: {date}\ntopics: [topic-{}]\n{lines}\n", number % SUBJECTS);
    if !lines.contains("title") {
        front += &format!("title: Headline {number}\n");
    }
    // A large archive knows more names.
    match (RECENT..NEW).contains(&number) {
        true if number.is_multiple_of(4) => front += &format!("entities: [Captain {number}]\n"),
        false if number.is_multiple_of(5) => front += "story: quay\n",
        _ => {}
    }
    front
}

/// A text that names one entity, in four articles by its other name.
fn body(number: usize) -> String {
    let name = match number {
        6 | 12 | 18 | 24 => "The Quay",
        _ => ["Harbour", "Board One", "Board Two"][number % SUBJECTS],
    };
    format!("The first sentence names nobody. {name} is open again. It is text {number}.\n")
}

/// Makes the edits one after the other.
fn touched_by(mut site: Site, edits: &[(&'static str, Edit)]) -> Vec<(&'static str, Touched)> {
    site.build().published();
    let mut all = Vec::new();
    for (what, edit) in edits {
        site = edit(site);
        let report = site.build().published();
        let mut touched = Touched::new();
        for path in &report.created {
            touched.entry(kind(path)).or_default().0 += 1;
        }
        for path in &report.replaced {
            touched.entry(kind(path)).or_default().1 += 1;
        }
        for path in &report.removed {
            touched.entry(kind(path)).or_default().2 += 1;
        }
        all.push((*what, touched));
    }
    assert_as_anew(site);
    all
}

/// What was built step by step is what is built at once.
fn assert_as_anew(site: Site) {
    let site = site.cold(true).out("anew");
    site.build().published();
    let (warm, cold) = (site.tree(), site.tree_of("anew"));
    let paths: BTreeSet<&String> = warm.keys().chain(cold.keys()).collect();
    let differ: Vec<_> = paths.into_iter().filter(|it| warm.get(*it) != cold.get(*it)).collect();
    assert_eq!(differ, [""; 0], "not all that changed was touched");
}

fn count<'p>(paths: impl Iterator<Item = &'p str>) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for path in paths {
        *kinds.entry(kind(path)).or_default() += 1;
    }
    kinds
}

/// A path without its numbers: `#/#/#/item-#.html` is an article, `topics/topic-#/#-#.html` a month of a topic.
fn kind(path: &str) -> String {
    let mut kind = String::new();
    for c in path.chars() {
        match (c.is_ascii_digit(), kind.ends_with('#')) {
            (true, true) => {}
            (true, false) => kind.push('#'),
            (false, _) => kind.push(c),
        }
    }
    kind
}
