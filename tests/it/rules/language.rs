//! Rules of the language itself: slugs, dates, lists, order, names in text. In: sections of `tests/specs/text.md`, and sites.
//! Out: what is written otherwise.

use std::fs;

use crate::{
    site::Site,
    text::{hide, outcome, reveal},
};

/// Runs the cases of the sections whose first word is one of `names`.
fn holds(names: &[&str]) {
    let spec = fs::read_to_string(format!("{}/tests/specs/text.md", env!("CARGO_MANIFEST_DIR")));
    let spec = spec.unwrap();
    for name in names {
        let mut n_cases = 0;
        let sections = spec.split("\n## ").skip(1);
        for section in sections.filter(|it| it.split([' ', '\n']).next() == Some(name)) {
            let (heading, cases) = section.split_once('\n').unwrap();
            for (input, expected) in cases.lines().filter_map(|line| line.split_once('⇒')) {
                let found = hide(&outcome(heading, &reveal(input.trim())));
                assert_eq!(found.trim(), expected.trim(), "## {heading}: {input}");
                n_cases += 1;
            }
        }
        assert!(n_cases > 0, "no case of «{name}» in tests/specs/text.md");
    }
}

#[test]
fn rule_31_slugs_keep_their_letters_and_lose_their_marks() {
    holds(&["slug"]);
}

#[test]
fn rule_62_dates_name_their_months_as_the_country_does() {
    holds(&["date", "day_month_year", "day_month", "weekday_day_month"]);
    holds(&["month_year", "month", "time", "second_date"]);
}

#[test]
fn rule_64_lists_are_joined_as_the_language_joins_them() {
    holds(&["list"]);
}

#[test]
fn rule_65_names_are_in_the_order_of_their_language() {
    holds(&["order"]);
}

#[test]
fn rule_66_a_name_stands_under_its_letter() {
    holds(&["initial"]);
}

#[test]
fn rule_30_names_of_one_address_stop_the_build() {
    // Alif with hamza and without differ; capital and small letters do not.
    let two = |a: &str, b: &str| {
        let site = Site::new();
        let site =
            site.article("1.md", &format!("title: One\ndate: 2023-09-12\nslug: {a}"), "Text.");
        site.article("2.md", &format!("title: Two\ndate: 2023-09-12\nslug: {b}"), "Text.")
    };
    two("\u{623}\u{645}\u{644}", "\u{627}\u{645}\u{644}").build().published();
    assert!(!two("port", "Port").build().errors().is_empty());
}

#[test]
fn rule_43_crumbs_stand_apart_and_are_announced() {
    let title = "title: Two (words)\ndate: 2023-09-12\ntopics: [\"C++ (news)\"]";
    let site = Site::new().article("a.md", title, "Text.");
    let built = site.build();
    let page = built.page("/2023/09/12/a.html");
    let crumbs = page.split_once("<nav class=\"crumbs\" aria-label=\"").unwrap().1;
    assert!(!crumbs.starts_with('"'), "{crumbs}");
    let last = crumbs.split_once("</ol>").unwrap().0.rsplit_once("<li>").unwrap().1;
    assert!(last.contains("\"><bdi dir=\"ltr\">") || last.contains("<bdi dir=\"rtl\">"), "{last}");
}

#[test]
fn rule_44_days_lead_to_their_neighbours() {
    let day = |n: u8| format!("title: Day {n}\ndate: 2023-09-1{n}");
    let site = Site::new().article("1.md", &day(1), "Text.").article("2.md", &day(2), "Text.");
    let site = site.article("3.md", &day(3), "Text.");
    let built = site.build();
    let page = built.page("/2023/09/12/");
    for (rel, url) in [("prev", "/2023/09/11/"), ("next", "/2023/09/13/")] {
        assert!(page.contains(&format!("<link rel=\"{rel}\" href=\"https://")), "{page}");
        assert!(page.contains(&format!("rel=\"{rel}\" href=\"{url}\"")), "{page}");
    }
}

/// The body of an article on a site with one person.
fn body_with(name: &str, text: &str) -> String {
    let site = Site::new()
        .setting("mentions: {min_page: 1}")
        .content("entities/person.md", &format!("name: {name}\nkind: person"), "")
        .article("a.md", "title: One\ndate: 2023-09-12", text);
    let built = site.build();
    let page = built.page("/2023/09/12/a.html");
    let prose = page.split_once("<div class=\"prose\">").unwrap().1;
    prose.split_once("</div>").unwrap().0.to_owned()
}

#[test]
fn rule_73_links_of_names_end_where_words_do() {
    let (moscow, and) = ("\u{645}\u{648}\u{633}\u{643}\u{648}", "\u{648}");
    let link = format!("{and}<a class=\"mention\" href=\"/entities/person/\">{moscow}</a>");
    let body = body_with(moscow, &format!("{and}{moscow}."));
    assert!(body.contains(&link), "{body}");
    for (before, after) in [("", "\u{641}\u{64A}"), ("\u{62A}", "")] {
        let word = format!("{before}{moscow}{after}");
        let body = body_with(moscow, &format!("{word}."));
        assert!(body.contains(&word) && !body.contains("<a"), "{body}");
    }
}

#[test]
fn rule_75_on_is_never_ali() {
    let (ali, on) = ("\u{639}\u{644}\u{64A}", "\u{639}\u{644}\u{649}");
    let body = body_with(ali, &format!("{on} {on}."));
    assert!(body.contains(on) && !body.contains("<a"), "{body}");
}
