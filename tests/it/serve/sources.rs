//! Every source is followed: content, names, templates, static files, settings, folders that come and go. In: an edit. Out: what is
//! served, and what browsers are told.

use std::fs;

use super::client::until;
use crate::site::Site;

fn newsroom() -> Site {
    Site::new()
        .content("topics/ports.md", "name: Ports", "")
        .content("entities/jones.md", "name: Jones\nkind: person", "")
        .article("a.md", "title: One\ndate: 2023-09-12\ntopics: [ports]", "Captain Smith sails.\n")
}

#[test]
fn an_edit_reaches_every_page_that_shows_it() {
    let site = newsroom();
    let served = site.watched();
    let events = served.events();
    for path in ["/", "/2023/09/12/", "/topics/ports/", "/feed.xml"] {
        assert!(served.page(path).contains("One"), "{path}");
    }
    let site = site.article("a.md", "title: Other\ndate: 2023-09-12\ntopics: [ports]", "Text.\n");
    events.only("reload");
    for path in ["/", "/2023/09/12/", "/topics/ports/", "/feed.xml", "/2023/09/12/a.html"] {
        assert!(served.page(path).contains("Other"), "{path}");
    }
    let site = site.article("b.md", "title: More\ndate: 2023-09-13", "Text.\n");
    events.only("reload");
    assert!(served.page("/").contains("More"));
    let site = site.remove("content/articles/b.md");
    events.only("reload");
    assert_eq!(served.get("/2023/09/13/b.html").status, 404);
    assert!(!served.page("/").contains("More"));
    drop(site);
}

#[test]
fn a_new_spelling_finds_its_name_in_every_text() {
    let site = newsroom();
    let served = site.watched();
    let events = served.events();
    assert!(!served.page("/2023/09/12/a.html").contains("/entities/jones/"));
    let front = "name: Jones\nkind: person\naliases: [Captain Smith]";
    let site = site.content("entities/jones.md", front, "");
    events.only("reload");
    assert!(served.page("/2023/09/12/a.html").contains("/entities/jones/"));
    assert!(served.page("/entities/jones/").contains("Captain Smith"));
    drop(site);
}

#[test]
fn templates_settings_and_files_are_followed() {
    let site = newsroom()
        .file("content/articles/p/c.md", "---\ntitle: C\ndate: 2023-09-14\n---\n![x](p.svg)\n");
    let picture =
        |n: u8| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{n}\" height=\"9\"/>");
    let site = site.file("content/articles/p/p.svg", picture(8));
    let served = site.watched();
    let events = served.events();
    let site = site.file("templates/404.html", "<html><body>No such page here</body></html>");
    events.only("reload");
    assert!(served.get("/nowhere").text().contains("No such page here"));
    let site = site.file("templates/404.html", "<html><body>Nothing at all</body></html>");
    events.only("reload");
    assert!(served.get("/nowhere").text().contains("Nothing at all"));
    let site = site.setting("title: Another name");
    events.only("reload");
    assert!(served.page("/").contains("Another name"));
    let site = site.file("content/articles/p/p.svg", picture(7));
    events.only("reload");
    assert_eq!(served.page("/media/articles/p/p.svg"), picture(7));
    let site = site.file("static/robot.txt", "one");
    events.only("reload");
    assert_eq!(served.page("/robot.txt"), "one");
    drop(site);
}

#[test]
fn a_style_sheet_alone_is_swapped_without_a_reload() {
    let site = newsroom().file("static/brief.css", "body { color: red }");
    let served = site.watched();
    let events = served.events();
    let site = site.file("static/brief.css", "body { color: blue }");
    let said = events.only("styles");
    assert_eq!(said["styles"][0][0], "/brief.css");
    assert_eq!(served.page("/brief.css"), "body { color: blue }");
    let site = site.file("static/brief.css", "body { color: red }").article(
        "a.md",
        "title: X\ndate: 2023-09-12",
        "",
    );
    events.only("reload");
    let site = site.setting("assets: fingerprint");
    events.only("reload");
    let site = site.file("static/brief.css", "body { color: green }");
    let said = events.only("styles");
    let [from, to] = [0, 1].map(|n| said["styles"][0][n].as_str().unwrap().to_owned());
    assert!(from != to && served.page(&to).contains("green"), "{said}");
    assert_eq!(served.get(&from).status, 404);
    drop(site);
}

#[test]
fn folders_come_go_and_come_again() {
    let site = Site::new();
    let served = site.watched();
    let events = served.events();
    let site = site.article("2026/11/23/n.md", "title: Deep\ndate: 2023-11-23", "Text.\n");
    events.only("reload");
    assert!(served.page("/2023/11/23/n.html").contains("Deep"));
    let site = site.article("2026/11/23/n.md", "title: Deeper\ndate: 2023-11-23", "Text.\n");
    events.only("reload");
    assert!(served.page("/2023/11/23/n.html").contains("Deeper"));
    fs::rename(site.path("content"), site.path("aside")).unwrap();
    events.only("reload");
    assert_eq!(served.get("/2023/11/23/n.html").status, 404);
    fs::rename(site.path("aside"), site.path("content")).unwrap();
    events.only("reload");
    let site = site.article("2026/11/23/n.md", "title: Deepest\ndate: 2023-11-23", "Text.\n");
    events.only("reload");
    assert!(served.page("/2023/11/23/n.html").contains("Deepest"));
    drop(site);
}

#[test]
fn the_browser_can_be_taken_to_what_was_saved() {
    let site = newsroom();
    let served = site.serve(&["--watch", "--follow"]);
    let events = served.events();
    // The first edit may have been made before the system was listened to.
    let site = site.article("a.md", "title: First\ndate: 2023-09-12", "Text.\n");
    events.only("reload");
    let site = site.article("a.md", "title: Followed\ndate: 2023-09-12", "Text.\n");
    assert_eq!(events.only("reload")["page"], "/2023/09/12/a.html");
    let site = site.content("topics/ports.md", "name: Harbours", "");
    assert_eq!(events.only("reload")["page"], "/topics/ports/");
    let site = site.setting("title: Not a page");
    assert_eq!(events.only("reload").get("page"), None);
    let other = site.watched();
    let events = other.events();
    let site = site.article("a.md", "title: Not followed\ndate: 2023-09-12", "Text.\n");
    assert_eq!(events.only("reload").get("page"), None);
    drop(site);
}

#[test]
fn a_second_start_knows_what_the_first_one_left() {
    let site = newsroom();
    {
        let served = site.watched();
        let events = served.events();
        site.write("content/articles/a.md", "---\ntitle: Kept\ndate: 2023-09-12\n---\nText.\n");
        events.only("reload");
    }
    let site = site.article("b.md", "title: Meanwhile\ndate: 2023-09-13", "Text.\n");
    let served = site.serve(&[]);
    let front = served.page("/");
    assert!(front.contains("Kept") && front.contains("Meanwhile"));
    assert!(!served.page("/2023/09/12/a.html").contains(".brief/"), "nobody watches");
    let site = site.article("b.md", "title: Unseen\ndate: 2023-09-13", "Text.\n");
    assert!(served.page("/").contains("Meanwhile"), "without --watch nothing is followed");
    drop((site, served));
}

#[test]
fn what_is_due_comes_by_itself() {
    let now = jiff::Timestamp::now();
    let soon = jiff::Timestamp::from_second(now.as_second() + 3).unwrap();
    let front = format!("title: Due\ndate: 2023-09-12\npublish_at: {soon}");
    let site = newsroom().article("d.md", &front, "Text.\n");
    let arguments = ["serve", "--port", "0", "--watch"];
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_brief"));
    let served = super::client::Served::start(command.args(arguments), &site.path(""));
    let events = served.events();
    let is_there = || served.get("/2023/09/12/d.html").status == 200;
    until(is_there, || format!("what is due does not come:\n{}", served.said()));
    assert_eq!(events.next().name, "reload");
}
