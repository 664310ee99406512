//! Rules about the markup of pages. In: the pages of the hard site. Out: tags that break a rule.

use std::collections::BTreeSet;

use super::{article, pages, tags};

#[test]
fn rule_01_html_has_language_and_direction() {
    for (path, page) in pages() {
        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{path}");
    }
}

/// Elements that are no part of a line of text.
const BLOCKS: &[&str] = &[
    "html",
    "body",
    "main",
    "article",
    "section",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "table",
    "blockquote",
    "pre",
    "figure",
    "header",
    "footer",
    "nav",
    "aside",
];

#[test]
fn rule_03_no_block_repeats_the_direction_around_it() {
    for (path, page) in pages() {
        let mut open: Vec<(&str, Option<&str>)> = Vec::new();
        for tag in tags(page) {
            if let Some(name) = tag.name.strip_prefix('/') {
                if let Some(at) = open.iter().rposition(|(it, _)| *it == name) {
                    open.truncate(at);
                }
            } else if BLOCKS.contains(&tag.name) {
                let around = open.iter().rev().find_map(|(_, dir)| *dir);
                let own = tag.attribute("dir");
                assert!(
                    own.is_none() || own != around,
                    "{path}: <{} {}>",
                    tag.name,
                    tag.attributes
                );
                open.push((tag.name, own));
            }
        }
    }
}

#[test]
fn rule_04_another_language_has_its_lang_and_dir() {
    assert!(article().contains("<p lang=\"en\" dir=\"ltr\">Here is the statement"));
    assert!(article().contains("<blockquote lang=\"en\" dir=\"ltr\">"));
    let (_, english) = pages().find(|(path, _)| path.ends_with("english.html")).unwrap();
    assert!(english.contains("lang=\"en\" dir=\"ltr\""));
    // What is the site's own in it runs as the site does.
    assert!(english.contains("<ul class=\"byline\" lang=\"ar\" dir=\"rtl\">"));
    let (_, day) = pages().find(|(path, _)| path.ends_with("2023/09/12/index.html")).unwrap();
    assert!(day.contains("<bdi lang=\"en\" dir=\"ltr\">English (again) news</bdi>"), "{day}");
}

#[test]
fn rule_05_text_of_editors_is_isolated_where_it_is_inserted() {
    let page = article();
    for text in ["C++", "John Smith", "Reuters, Inc."] {
        let places: Vec<_> = page.match_indices(&format!("{text}<")).map(|(at, _)| at).collect();
        assert!(!places.is_empty(), "{text}");
        for at in places {
            let before = &page[..at];
            let tag = &before[before.rfind('<').unwrap()..];
            assert!(tag.starts_with("<bdi") || tag.contains("dir="), "{text}: {tag}");
        }
    }
}

#[test]
fn rules_06_and_07_no_direction_is_guessed() {
    for (path, page) in pages() {
        assert!(!page.contains("dir=\"auto\"") && !page.contains("<bdi>"), "{path}");
    }
}

#[test]
fn rule_19_isolates_nest_and_hold_something() {
    for (path, page) in pages() {
        let tags = tags(page);
        let mut depth = 0;
        for (at, tag) in tags.iter().enumerate() {
            match tag.name {
                "bdi" => {
                    depth += 1;
                    let is_empty = tag.text.is_empty() && tags[at + 1].name == "/bdi";
                    assert!(!is_empty, "{path}");
                }
                "/bdi" => {
                    depth -= 1;
                    let before = tags[at - 1].text;
                    assert!(!before.ends_with(char::is_whitespace), "{path}: «{before}»");
                }
                _ => {}
            }
            assert!(depth >= 0, "{path}");
        }
        assert_eq!(depth, 0, "{path}");
    }
}

#[test]
fn rule_32_ids_are_unique() {
    for (path, page) in pages() {
        let mut seen = BTreeSet::new();
        for id in tags(page).iter().filter_map(|tag| tag.attribute("id")) {
            assert!(!id.contains(' '), "{path}: {id}");
            assert!(seen.insert(id), "{path}: {id} twice");
        }
    }
}

#[test]
fn rule_37_tables_are_aligned_to_start_and_end() {
    let page = article();
    assert!(
        page.contains("<td class=\"align-start\">") && page.contains("<td class=\"align-end\">")
    );
    assert!(!page.contains("text-align"));
}

#[test]
fn rule_38_code_runs_from_left_to_right() {
    let page = article();
    assert!(
        page.contains("<code dir=\"ltr\">--watch</code>") && page.contains("<pre dir=\"ltr\">")
    );
    for tag in tags(page).iter().filter(|tag| ["pre", "kbd", "samp", "var"].contains(&tag.name)) {
        assert_eq!(tag.attribute("dir"), Some("ltr"));
    }
}

#[test]
fn rule_39_no_item_has_a_direction() {
    for (path, page) in pages() {
        for tag in tags(page).iter().filter(|tag| ["li", "dt", "summary"].contains(&tag.name)) {
            assert_eq!(tag.attribute("dir"), None, "{path}: {}", tag.text);
        }
    }
}

#[test]
fn rule_45_footnotes_lead_back_to_the_right() {
    let page = article();
    assert!(page.contains("<sup class=\"footnote\" dir=\"rtl\"><a href=\"#fn-1\" id=\"fnref-1\""));
    assert!(page.contains("href=\"#fnref-1\"") && page.contains("\u{21AA}\u{FE0E}"));
}

#[test]
fn rule_68_what_nobody_sees_does_not_lose_a_heading() {
    assert!(article().contains("<h2 id="));
}

#[test]
fn rule_69_no_stars_are_left() {
    for (path, page) in pages() {
        assert!(!page.contains("**"), "{path}");
    }
    assert!(article().contains("<strong>\u{AB}"));
}

#[test]
fn rule_88_the_charset_is_declared_and_letters_are_letters() {
    for (path, page) in pages() {
        assert!(page.contains("<meta charset=\"utf-8\">"), "{path}");
        assert!(!page.contains("&#x6") && !page.contains("&#15"), "{path}");
    }
}
