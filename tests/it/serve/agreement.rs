//! What a build would say is said as soon as it is saved. In: edits, each with a fault of another kind. Out: the errors of a
//! build in the panel and in the terminal, its warnings in the terminal; nothing once the edit is taken back.

use std::{collections::BTreeSet, fs};

use brief::diag::Severity;
use serde_json::Value;

use super::client::{Events, Served, until};
use crate::site::Site;

fn newsroom() -> Site {
    Site::new()
        .content("topics/ports.md", "name: Ports", "")
        .content("topics/ships.md", "name: Ships\nparent: ports", "")
        .content("entities/jones.md", "name: Jones\nkind: person\naliases: [Captain]", "")
        .content("pages/about.md", "title: About", "Text.\n")
        .content("stories/strike.md", "name: The strike", "")
        .article("a.md", "title: One\ndate: 2023-09-12\ntopics: [ports]", "First text.\n")
        .article("b.md", "title: Two\ndate: 2023-09-13\nextra: {n: 1}", "Second text.\n")
        .file("static/notes.txt", "one")
        .file("templates/404.html", "<html><body>Not here</body></html>")
}

const A: &str = "content/articles/a.md";

/// Each is one save: its files, of which an empty one is deleted.
const EDITS: &[&[(&str, &str)]] = &[
    // Sources, each by itself.
    &[(A, "No front matter.\n")],
    &[(A, "---\ntitle: [One\n---\n")],
    &[(A, "---\ndate: 2023-09-12\n---\nText.\n")],
    &[(A, "---\ntitle: One\ndate: 2023-02-30\n---\nText.\n")],
    &[(A, "---\ntitle: One\ntitle: Other\ndate: 2023-09-12\n---\nText.\n")],
    &[(A, "---\ntitle: One\ndate: 2023-09-12\nkind: rumour\npriority: 9\n---\nText.\n")],
    &[(A, "---\ntitle: One\ndate: 2023-09-12\nlang: klingon!\n---\nText.\n")],
    &[(A, "---\ntitle: One\ndate: 2023-09-12\nimage: {src: /logo.svg}\n---\nText.\n")],
    &[(A, "---\ntitle: One: two\ndate: 2023-09-12\nsumary: x\n---\nText.\n")],
    &[(A, "---\ntitle: One\ndate: 2023-09-12\n---\n[x](javascript:x) <script>x</script>\n")],
    &[(A, "---\ntitle: One\ndate: 2023-09-12\n---\nA\u{7}B.\n")],
    &[("content/editions/someday.md", "---\ntitle: T\n---\n")],
    &[("content/articles/c.txt", "Text.\n"), ("content/other/c.md", "---\ntitle: T\n---\n")],
    // Between sources.
    &[(A, "---\ntitle: One\ndate: 2023-09-12\n---\n[x](nowhere.md) ![y](none.png) [[Nobody]]\n")],
    &[
        ("content/articles/b.md", ""),
        ("content/articles/c.md", "---\ntitle: T\ndate: 2023-09-14\n---\n[x](b.md)\n"),
    ],
    &[("content/entities/deep/jones.md", "---\nname: Other\nkind: person\n---\n")],
    &[
        ("content/entities/smith.md", "---\nname: Smith\nkind: person\naliases: [Captain]\n---\n"),
        (A, "---\ntitle: One\ndate: 2023-09-12\n---\n[[Captain]] sails.\n"),
    ],
    &[("content/topics/ports.md", "---\nname: Ports\nparent: ships\n---\n")],
    &[("content/topics/ports.md", "---\nname: [Ports\n---\n")],
    &[(
        A,
        "---\ntitle: One\ndate: 2023-09-12\ntopics: [unheard-of]\nstory: unheard-of\n---\nText.\n",
    )],
    &[("content/stories/strike.md", "---\nname: The strike\nmilestones: [nowhere]\n---\n")],
    &[("content/editions/2023-09-12.md", "---\ntitle: T\nitems: [nowhere]\n---\n")],
    // Between outputs.
    &[("content/articles/deep/a.md", "---\ntitle: Same\ndate: 2023-09-12\n---\nText.\n")],
    &[("content/articles/c.md", "---\ntitle: Same\ndate: 2023-09-12\nslug: a\n---\nText.\n")],
    &[
        ("content/articles/c.md", "---\ntitle: Same\ndate: 2023-09-12\nslug: A\n---\nText.\n"),
        ("content/articles/d.md", "---\ntitle: Same\ndate: 2023-09-12\nslug: \"\u{e9}\"\n---\n"),
        ("content/articles/e.md", "---\ntitle: Same\ndate: 2023-09-12\nslug: \"e\u{301}\"\n---\n"),
    ],
    &[(
        "content/articles/c.md",
        "---\ntitle: C\ndate: 2023-09-14\naliases: [/2023/09/12/a.html]\n---\n",
    )],
    &[
        ("content/articles/c.md", "---\ntitle: C\ndate: 2023-09-14\naliases: [/old/]\n---\n"),
        ("content/articles/d.md", "---\ntitle: D\ndate: 2023-09-14\naliases: [/old/]\n---\n"),
    ],
    &[("content/pages/feeds.md", "---\ntitle: Feeds\n---\n"), ("static/feeds.html", "x")],
    &[("static/index.html", "x")],
    &[("static/about.html/x.txt", "x")],
    &[("content/articles/c.md", "---\ntitle: C\ndate: 2023-09-14\naliases: [/a/../b]\n---\n")],
    // Theme and settings.
    &[("templates/404.html", "<html>{% if %}</html>")],
    &[("templates/404.html", "<html>{{ nothing.of.the.kind }}</html>")],
    &[("templates/ui/ar.yaml", "article: [unclosed\n")],
    &[("templates/parts/none.html", "{% include \"nowhere.html\" %}")],
    &[(
        "brief.yaml",
        "title: T\nbase_url: https://example.org/\nlanguage: ar\ntimezone: Mars/Base\n",
    )],
    &[(
        "brief.yaml",
        "title: T\nbase_url: https://example.org/\nlanguage: ar\ntimezone: Asia/Riyadh\npermalink: /:nothing/\n",
    )],
    &[(
        "brief.yaml",
        "title: T\nbase_url: https://example.org/\nlanguage: ar\ntimezone: Asia/Riyadh\npermalink: /:year/\n",
    )],
];

/// The last that browsers were told of faults: code and file of each.
fn told(events: &Events, last: &mut BTreeSet<String>) {
    while let Some(told) = events.try_next() {
        let fault = |it: &Value| format!("{} {}", it["code"], it["file"]).replace('"', "");
        *last = told.said["faults"].as_array().unwrap().iter().map(fault).collect();
    }
}

/// The errors of a build, as `told` has them, and the messages of its warnings.
fn of_build(site: &Site) -> (BTreeSet<String>, Vec<String>) {
    let outcome = site.build().outcome;
    let (errors, warnings): (Vec<_>, Vec<_>) =
        outcome.diagnostics.into_iter().partition(|it| it.severity == Severity::Error);
    let errors = errors.iter().map(|it| format!("{} {}", it.code, it.file));
    (errors.collect(), warnings.into_iter().map(|it| it.message).collect())
}

fn try_edit(served: &Served, events: &Events, site: &Site, edit: &[(&str, &str)]) {
    let before: Vec<_> = edit.iter().map(|(path, _)| fs::read(site.path(path)).ok()).collect();
    for (path, text) in edit {
        if text.is_empty() {
            fs::remove_file(site.path(path)).unwrap();
        } else {
            site.write(path, text);
        }
    }
    let (errors, warnings) = of_build(site);
    assert!(!errors.is_empty() || !warnings.is_empty(), "a build finds nothing in {edit:?}");
    let mut faults = BTreeSet::new();
    let is_told = || {
        told(events, &mut faults);
        let said = served.said();
        faults == errors && warnings.iter().all(|it| said.contains(it))
    };
    let wanted = format!("{edit:?}: a build says {errors:?} {warnings:?}");
    until(is_told, || format!("{wanted}\n{}", served.said()));
    // The last good form of all goes on being served.
    assert_eq!(served.get("/").status, 200, "{edit:?}");
    for ((path, _), text) in edit.iter().zip(before) {
        match text {
            Some(text) => site.write(path, text),
            None => fs::remove_file(site.path(path)).unwrap(),
        }
    }
    let is_over = || {
        told(events, &mut faults);
        faults.is_empty() && served.page("/2023/09/12/a.html").contains("First text.")
    };
    until(is_over, || format!("{edit:?}: it stays after it was taken back\n{}", served.said()));
}

#[test]
fn what_a_build_would_say_is_said_at_once_and_no_longer_than_it_holds() {
    let site = newsroom();
    let served = site.watched();
    let events = served.events();
    for edit in EDITS {
        try_edit(&served, &events, &site, edit);
    }
}

#[test]
fn a_site_that_begins_with_a_fault_between_outputs_says_so() {
    let same = "title: Same\ndate: 2023-09-12";
    let site = newsroom().article("deep/a.md", same, "Text.\n");
    for arguments in [&["--watch"][..], &[]] {
        let served = site.serve(arguments);
        until(|| served.said().contains("is also the address of"), || served.said());
        assert!(served.page("/2023/09/12/a.html").contains("text."));
    }
}

#[test]
fn a_page_that_cannot_be_made_is_told_of_before_somebody_asks_and_until_it_can() {
    let site = newsroom();
    let served = site.watched();
    let events = served.events();
    let fault = |said: &Value| {
        let faults = said["faults"].as_array().unwrap();
        assert!(faults.len() < 2, "{said}");
        faults.first().map(|it| it["file"].as_str().unwrap().to_owned())
    };
    // The newest article has what the template asks for, another has not.
    let template = "<html><body>{{ page.title }}: {{ page.extra.n }}</body></html>";
    let site = site.file("templates/article.html", template);
    assert_eq!(fault(&events.next().said), None);
    let told = events.next();
    assert_eq!(told.name, "faults");
    assert_eq!(fault(&told.said).as_deref(), Some("templates/article.html"));
    assert!(!site.build().errors().is_empty(), "it is what a build stops at");
    // It is told of whatever else is edited, until it can be made.
    let site = site.article("b.md", "title: Second\ndate: 2023-09-13\nextra: {n: 1}", "Text.\n");
    assert_eq!(fault(&events.only("reload")).as_deref(), Some("templates/article.html"));
    assert!(served.page("/2023/09/13/b.html").contains("Second: 1"));
    let site = site.article("a.md", "title: One\ndate: 2023-09-12\nextra: {n: 7}", "Text.\n");
    assert_eq!(fault(&events.only("reload")), None);
    assert!(served.page("/2023/09/12/a.html").contains("One: 7"));
    // The same from the side of the article.
    let site = site.article("a.md", "title: One\ndate: 2023-09-12", "Text.\n");
    assert_eq!(fault(&events.next().said), None);
    assert_eq!(fault(&events.next().said).as_deref(), Some("templates/article.html"));
    drop(site);
}
