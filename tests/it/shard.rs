//! One site built in parts: the parts together are the whole, and none disturbs another. In: the same sources for each
//! part, as on several machines. Out: folders to be laid over each other, or one folder that all share.

use std::{collections::BTreeMap, fs};

use crate::site::Site;

type Tree = BTreeMap<String, Vec<u8>>;

const COUNTS: [u32; 3] = [1, 2, 7];

/// A site with pages of every kind.
fn newsroom() -> Site {
    let mut site = Site::new()
        .content("topics/ports.md", "name: Ports", "Where ships are.\n")
        .content("entities/kim.md", "name: Kim Jong Un\nkind: person\naliases: [Kim]", "")
        .content("stories/summit.md", "name: Summit", "Two leaders.\n")
        .content("pages/about.md", "title: About\naliases: [/us]", "Us.\n")
        .file("static/extra.css", "a { color: red }\n");
    for day in 10..22 {
        let front = format!(
            "title: Day {day}\ndate: 2023-09-{day}\ntopics: [ports]\nstory: summit\naliases: [/old/{day}]"
        );
        site = site.article(&format!("{day}.md"), &front, "Kim Jong Un spoke.\n");
    }
    site
}

fn parts(of: u32) -> impl Iterator<Item = (String, String)> {
    (1..=of).map(move |part| (format!("{part}/{of}"), format!("parts/{part}-of-{of}")))
}

/// Builds each part into a folder of its own; what they are when laid over each other.
#[track_caller]
fn laid_over(mut site: Site, of: u32) -> (Site, Tree) {
    let mut union = Tree::new();
    let mut n_files = 0;
    for (part, folder) in parts(of) {
        site = site.part(Some(&part)).out(&folder);
        let report = site.build().published();
        let tree = site.tree_of(&folder);
        n_files += tree.len();
        assert_eq!(report.outputs, tree.len(), "{part}");
        union.extend(tree);
    }
    assert_eq!(n_files, union.len(), "no file is in two of {of} parts");
    (site.part(None).out("public"), union)
}

#[test]
fn the_parts_laid_over_each_other_are_the_whole() {
    for of in COUNTS {
        let (site, union) = laid_over(newsroom(), of);
        let whole = site.tree_when_built();
        assert_eq!(names_that_differ(&union, &whole), [""; 0], "{of} parts");
        assert!(whole.len() > 60);
    }
}

#[test]
fn after_an_edit_the_parts_are_the_whole_again_and_make_only_what_changed() {
    let of = 7;
    let (site, before) = laid_over(newsroom(), of);
    let site = site
        .remove("content/articles/12.md")
        .article("30.md", "title: New\ndate: 2023-09-30\ntopics: [ports]", "Kim spoke.\n")
        .article("15.md", "title: Day 15\ndate: 2023-09-15\ntopics: [ports]", "Other words.\n");
    let (site, after) = laid_over(site, of);
    assert!(before.contains_key("2023/09/12/12.html") && !after.contains_key("2023/09/12/12.html"));
    let whole = site.tree_when_built();
    assert_eq!(names_that_differ(&after, &whole), [""; 0], "{of} parts");
    let mut site = site;
    for (part, folder) in parts(of) {
        site = site.part(Some(&part)).out(&folder);
        assert_eq!(site.build().published().rendered, 0, "{part}: nothing has changed since");
    }
}

#[test]
fn parts_that_share_a_folder_leave_each_others_files_alone() {
    let whole = newsroom().tree_when_built();
    let mut site = newsroom().may_shrink(false).out("shared");
    for of in [7, 2, 1] {
        for (part, _) in parts(of) {
            site = site.part(Some(&part));
            let report = site.build().published();
            assert_eq!((&report.removed, &report.foreign), (&vec![], &vec![]), "{part}");
            if of < 7 {
                assert_eq!((report.created.len(), report.replaced.len()), (0, 0), "{part}");
                assert_eq!(report.others + report.outputs, whole.len(), "{part}");
            }
        }
        assert_eq!(names_that_differ(&site.tree_of("shared"), &whole), [""; 0], "{of} parts");
    }
}

/// Pages change their bytes and not their length, so that only a list that is true tells them apart.
#[test]
fn a_part_does_not_spoil_what_the_whole_remembers_nor_the_whole_a_part() {
    let with = |site: Site, word: &str| {
        let front = format!("title: {word}\ndate: 2023-09-10\ntopics: [ports]");
        site.article("10.md", &front, "Text.\n")
    };
    let expected = |word: &str| with(newsroom(), word).tree_when_built();
    let (ships, ports) = (expected("Ships"), expected("Ports"));
    let mut site = with(newsroom(), "Ships");
    site.build().published();
    for _ in 0..2 {
        site = with(site, "Ports");
        for part in ["1/2", "2/2"] {
            site = site.part(Some(part));
            site.build().published();
        }
        assert_eq!(names_that_differ(&site.tree(), &ports), [""; 0]);
        site = with(site.part(None), "Ships");
        site.build().published();
        assert_eq!(names_that_differ(&site.tree(), &ships), [""; 0]);
    }
}

#[test]
fn a_withdrawn_article_goes_from_its_part_only_whatever_was_forgotten() {
    for forgets in [false, true] {
        let mut site = newsroom().out("shared");
        for (part, _) in parts(2) {
            site = site.part(Some(&part));
            site.build().published();
        }
        if forgets {
            site = site.remove(".brief");
        }
        let withdrawn = |site: Site| {
            ["11", "13", "17"]
                .iter()
                .fold(site, |site, name| site.remove(&format!("content/articles/{name}.md")))
        };
        site = withdrawn(site);
        let mut removed = Vec::new();
        for (part, _) in parts(2) {
            site = site.part(Some(&part));
            let report = site.build().published();
            assert_eq!(report.foreign, [""; 0], "{part}");
            removed.push(report.removed);
        }
        assert!(removed.iter().all(|files| !files.is_empty()), "{removed:?}");
        let whole = withdrawn(newsroom()).tree_when_built();
        assert_eq!(names_that_differ(&site.tree_of("shared"), &whole), [""; 0]);
    }
}

#[test]
fn a_part_in_the_folder_of_the_whole_removes_nothing_and_the_whole_knows_its_files_again() {
    let mut site = newsroom().may_shrink(false);
    let whole = site.tree_when_built();
    site = site.part(Some("1/7"));
    let built = site.build();
    assert_eq!(built.published().removed, [""; 0], "nor does it look like a loss of pages");
    assert_eq!(names_that_differ(&site.tree(), &whole), [""; 0]);
    site = site.part(None).remove("content/articles/12.md");
    let report = site.build().published();
    assert!(report.removed.contains(&"2023/09/12/12.html".to_owned()), "{report:?}");
    assert_eq!(report.foreign, [""; 0]);
}

#[test]
fn every_part_finds_the_faults_of_the_whole_site() {
    let faulty = || {
        newsroom()
            .article("b.md", "title: B\ndate: 2023-02-30", "")
            .article("c.md", "title: C\ndate: 2023-09-12\ntopics: [nowhere]", "")
            .article("d.md", "title: 10\ndate: 2023-09-10\nslug: \"10\"", "")
    };
    let expected = faulty().build().diagnostics();
    assert!(expected.len() >= 2, "{expected:?}");
    for (part, folder) in parts(2) {
        let built = faulty().part(Some(&part)).out(&folder).build();
        assert_eq!(built.diagnostics(), expected, "{part}");
    }
}

#[test]
fn a_template_that_fails_on_one_page_stops_every_part() {
    for (part, _) in parts(2) {
        let site = newsroom()
            .file(
                "templates/front.html",
                "<!doctype html>\n<p>{{ page.no_such_thing.at_all }}</p>\n",
            )
            .part(Some(&part));
        let built = site.build();
        assert!(
            built.errors()[0].contains("templates/front.html:2:"),
            "{part}: {:?}",
            built.errors()
        );
        assert_eq!(site.tree().into_keys().collect::<Vec<_>>(), [""; 0], "{part}");
    }
}

#[test]
fn the_program_builds_a_part_and_refuses_what_is_none() {
    let site = newsroom();
    let build = |arguments: &[&str]| {
        site.cli(&[&["build", "--now", "2024-01-01T00:00:00Z"], arguments].concat())
    };
    for part in ["1/2", "2/2"] {
        let ran = build(&["--shard", part, "--out", "both"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(ran.stdout.contains("of other parts in both"), part == "2/2", "{}", ran.stdout);
    }
    assert_eq!(build(&[]).code, 0);
    assert_eq!(names_that_differ(&site.tree_of("both"), &site.tree()), [""; 0]);
    for wrong in ["0/2", "3/2", "2", "1/10001", "a/b"] {
        let ran = build(&["--shard", wrong]);
        assert_eq!(ran.code, 2, "{wrong}");
        assert!(ran.stderr.contains("I/K"), "{}", ran.stderr);
    }
}

#[test]
fn the_state_of_a_site_holds_one_list_for_each_folder() {
    let mut site = newsroom();
    for part in [None, Some("1/2"), Some("2/2"), Some("1/7"), None, Some("1/2")] {
        site = site.part(part);
        site.build().published();
        let lists = fs::read_dir(site.path(".brief")).unwrap();
        let lists = lists.filter(|it| it.as_ref().unwrap().file_name() != "lock");
        assert_eq!(lists.count(), 1, "{part:?}");
    }
}

fn names_that_differ<'t>(a: &'t Tree, b: &'t Tree) -> Vec<&'t str> {
    let mut names: Vec<_> = a
        .keys()
        .chain(b.keys())
        .filter(|name| a.get(*name) != b.get(*name))
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
