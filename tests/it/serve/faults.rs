//! T8: a file is broken, and repaired. In: faults of every kind. Out: what they are and where, in the terminal and for browsers; the
//! last good form of every page, until the repaired one.

use std::fs;

use serde_json::Value;

use super::client::{Events, Served, until};
use crate::site::Site;

fn newsroom() -> Site {
    Site::new()
        .content("topics/ports.md", "name: Ports", "About ports.\n")
        .content("editions/2023-09-12.md", "title: The day", "Said at dawn.\n")
        .article("a.md", "title: One\ndate: 2023-09-12\ntopics: [ports]", "First text.\n")
        .article("b.md", "title: Two\ndate: 2023-09-13\ntopics: [ports]", "Second text.\n")
}

/// The one fault that browsers are told of.
#[track_caller]
fn fault(said: &Value) -> &Value {
    let faults = said["faults"].as_array().unwrap();
    assert_eq!(faults.len(), 1, "{said}");
    &faults[0]
}

/// Breaks a file, looks at what is told, repairs it.
fn break_and_repair(
    served: &Served,
    events: &Events,
    site: &Site,
    (path, text): (&str, &str),
) -> Value {
    let good = fs::read_to_string(site.path(path)).unwrap();
    site.write(path, text);
    let told = events.next();
    assert_eq!(told.name, "faults", "{path}: pages stay as they were: {}", told.said);
    let found = fault(&told.said).clone();
    assert_eq!(found["file"], path);
    let place = format!("{path}:{}", found["line"]);
    until(
        || served.said().contains(&place),
        || format!("the terminal says nothing:\n{}", served.said()),
    );
    site.write(path, good);
    let told = events.next();
    assert_eq!(told.said["faults"], Value::Array(Vec::new()), "{path}: {}", told.said);
    events.are_silent();
    until(|| served.said().contains("no fault is left"), || served.said());
    found
}

#[test]
fn a_broken_article_keeps_its_last_good_form_and_others_go_on() {
    break_an_article(&["--watch"]);
}

#[test]
fn the_same_is_so_where_the_system_tells_nothing() {
    break_an_article(&["--watch", "--poll", "100ms"]);
}

fn break_an_article(arguments: &[&str]) {
    let site = newsroom();
    let served = site.serve(arguments);
    let events = served.events();
    let before = served.page("/2023/09/12/a.html");
    let text = "---\ntitle: Broken\ndate: 2023-02-30\n---\nNever shown.\n";
    site.write("content/articles/a.md", text);
    let told = events.next();
    assert_eq!(told.name, "faults");
    let found = fault(&told.said);
    let (file, line) = (&found["file"], &found["line"]);
    assert_eq!((file, line), (&"content/articles/a.md".into(), &3.into()));
    assert_eq!(found["text"], "date: 2023-02-30", "the line itself");
    assert!(found["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{found}");
    until(|| served.said().contains("content/articles/a.md:3:7"), || served.said());
    assert_eq!(served.page("/2023/09/12/a.html"), before);

    // Others are edited meanwhile, and seen; the fault stays told.
    site.write("content/articles/b.md", "---\ntitle: Second\ndate: 2023-09-13\n---\nOther text.\n");
    let said = events.only("reload");
    assert_eq!(fault(&said)["file"], "content/articles/a.md");
    assert!(served.page("/2023/09/13/b.html").contains("Other text."));
    assert!(served.page("/2023/09/12/a.html").contains("First text."));
    assert!(served.page("/").contains("One"));

    site.write(
        "content/articles/a.md",
        "---\ntitle: Repaired\ndate: 2023-09-12\n---\nThird text.\n",
    );
    let said = events.only("reload");
    assert_eq!(said["faults"], Value::Array(Vec::new()));
    assert!(served.page("/2023/09/12/a.html").contains("Third text."));
}

#[test]
fn a_broken_article_keeps_its_form_while_a_name_in_it_changes() {
    let front = "name: The Harbour\nkind: place\naliases: [Quay";
    let site = newsroom().content("entities/harbour.md", &format!("{front}]"), "").article(
        "c.md",
        "title: Three\ndate: 2023-09-14",
        "The Quay and the Pier.\n",
    );
    let served = site.watched();
    let events = served.events();
    assert!(served.page("/2023/09/14/c.html").contains("/entities/harbour/"));
    let broken = "---\ntitle: Three\ndate: 2023-02-30\n---\nThe Quay and the Pier.\n";
    site.write("content/articles/c.md", broken);
    assert_eq!(events.next().name, "faults");
    let site = site.content("entities/harbour.md", &format!("{front}, Pier]"), "");
    let said = events.only("reload");
    assert_eq!(fault(&said)["file"], "content/articles/c.md");
    let page = served.page("/2023/09/14/c.html");
    assert!(page.contains("the Pier") || page.contains("Pier</a>"), "{page}");
    drop(site);
}

#[test]
fn a_page_that_nobody_has_seen_has_a_last_good_form_too() {
    let site = newsroom();
    let served = site.watched();
    let events = served.events();
    site.write(
        "content/articles/a.md",
        "---\ntitle: Broken\ndate: 2023-02-30\n---\nNever shown.\n",
    );
    assert_eq!(events.next().name, "faults");
    let page = served.page("/2023/09/12/a.html");
    assert!(page.contains("One") && page.contains("First text."), "{page}");
    let feed = served.page("/feed.xml");
    assert!(feed.contains("First text.") && !feed.contains("Never shown."));
}

#[test]
fn every_kind_of_source_can_break_and_be_repaired() {
    let site = newsroom();
    let site = site.file("templates/404.html", "<html><body>Not here</body></html>");
    let served = site.watched();
    let events = served.events();
    let bad_front = "---\nname: A\nname: B\n---\n";
    let bad_edition = "---\ntitle: A\ntitle: B\n---\nNot said.\n";
    for (path, text) in [
        ("content/topics/ports.md", bad_front),
        ("content/editions/2023-09-12.md", bad_edition),
        ("templates/404.html", "<html>{% if %}</html>"),
        ("templates/404.html", "<html>{{ nothing.of.the.kind }}</html>"),
        (
            "brief.yaml",
            "title: T\nbase_url: https://example.org/\nlanguage: ar\ntimezone: Mars/Base\n",
        ),
        ("content/articles/a.md", "---\ntitle: One\ndate: 2023-09-12\n---\n[x](nowhere.md)\n"),
    ] {
        let found = break_and_repair(&served, &events, &site, (path, text));
        assert!(found["line"].as_u64().unwrap() > 0, "{path}: {found}");
        assert!(served.page("/topics/ports/").contains("About ports."), "{path}");
        assert!(served.get("/nowhere").text().contains("Not here"), "{path}");
        assert!(served.page("/2023/09/12/a.html").contains("First text."), "{path}");
        assert!(served.page("/2023/09/12/").contains("Said at dawn."), "{path}");
    }
}

#[test]
fn while_something_is_broken_its_pages_are_as_they_were() {
    let site = newsroom().file("templates/404.html", "<html><body>Not here</body></html>");
    let served = site.watched();
    let events = served.events();
    site.write("content/topics/ports.md", "---\nname: A\nname: B\n---\n");
    site.write("templates/404.html", "<html>{% if %}</html>");
    site.write("content/editions/2023-09-12.md", "---\ntitle: A\ntitle: B\n---\nNot said.\n");
    let told = events.next();
    assert_eq!((told.name.as_str(), told.said["faults"].as_array().unwrap().len()), ("faults", 3));
    assert!(served.page("/topics/ports/").contains("About ports."));
    assert!(served.page("/2023/09/12/").contains("Said at dawn."));
    assert!(served.get("/x").text().contains("Not here"));
    // Settings change what is read of everything; what is broken stays as it was.
    let site = site.setting("title: Renamed");
    let said = events.only("reload");
    assert_eq!(said["faults"].as_array().unwrap().len(), 3, "{said}");
    assert!(served.page("/").contains("Renamed"));
    assert!(served.page("/topics/ports/").contains("About ports."));
    drop((site, served));
}

#[test]
fn a_site_that_begins_with_a_fault_is_served_without_it() {
    let site = newsroom().article("c.md", "title: Three\ndate: 2023-02-30", "Third text.\n");
    let site = site.file("templates/404.html", "<html>{% if %}</html>");
    let served = site.watched();
    until(|| served.said().contains("content/articles/c.md:3:7"), || served.said());
    assert!(served.page("/").contains("One"));
    assert_eq!(served.get("/nowhere").status, 404);
    let events = served.events();
    let site = site.remove("templates/404.html");
    events.next();
    let site = site.article("c.md", "title: Three\ndate: 2023-09-14", "Third text.\n");
    assert_eq!(events.only("reload")["faults"], Value::Array(Vec::new()));
    assert!(served.page("/2023/09/14/c.html").contains("Third text."));
    drop(served);
    // A fault that is there at the end is there at the next beginning.
    let site = site.article("c.md", "title: Three\ndate: 2023-02-30", "Third text.\n");
    let served = site.watched();
    until(|| served.said().contains("content/articles/c.md:3:7"), || served.said());
    let served = {
        drop(served);
        site.watched()
    };
    until(|| served.said().contains("content/articles/c.md:3:7"), || served.said());
}

#[test]
fn a_site_whose_settings_cannot_be_read_is_not_served() {
    let site = Site::new().file("brief.yaml", "title: [unclosed\n");
    let ran = site.cli(&["serve", "--port", "0"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("brief.yaml:"), "{}", ran.stderr);
}

#[test]
fn a_link_to_what_comes_later_is_a_fault_until_it_has_come() {
    let site = newsroom();
    let served = site.watched();
    let events = served.events();
    site.write(
        "content/articles/a.md",
        "---\ntitle: One\ndate: 2023-09-12\n---\nSee [it](c.md).\n",
    );
    let told = events.next();
    assert_eq!(fault(&told.said)["code"], "missing-target");
    site.write("content/articles/c.md", "---\ntitle: Three\ndate: 2023-09-14\n---\nIt.\n");
    let said = events.only("reload");
    assert_eq!(said["faults"], Value::Array(Vec::new()), "{said}");
    assert!(served.page("/2023/09/12/a.html").contains("/2023/09/14/c.html"));
    fs::remove_file(site.path("content/articles/c.md")).unwrap();
    let said = events.only("reload");
    assert_eq!(fault(&said)["file"], "content/articles/a.md");
    assert_eq!(served.get("/2023/09/14/c.html").status, 404);
}
